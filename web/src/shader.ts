// The two programs of the GPU that draw couriers. Every courier is one instance
// of a square; the vertex program says where it is now on its way, the fragment
// program what shape it has. One unit of the shape is one CSS pixel.

/** How far the square reaches from the courier, in units. */
export const reach = 20;

/** Looks of a courier, as bits. */
export const look = { moving: 1, silent: 2, selected: 4, hidden: 8 } as const;

/** What lies at which 32-bit word of a courier's record. */
export const record = { fromX: 0, fromY: 1, toX: 2, toY: 3, start: 4, duration: 5, turnFrom: 6, turnTo: 7, look: 8, offsetX: 9, offsetY: 10, words: 11 };

export const vertex = `#version 300 es
precision highp float;
precision highp int;

uniform mat4 u_matrix;    // from centre-relative mercator integers to clip space
uniform uvec2 u_centre;   // mercator integers
uniform float u_now;      // milliseconds of the layer's clock
uniform vec2 u_unit;      // one unit to the right and down, in clip space
uniform float u_bearing;  // radians; which way is up on the screen

in uvec2 a_from;          // mercator integers
in uvec2 a_to;
in vec2 a_time;           // when the way began, how long it takes; milliseconds
in vec2 a_heading;        // radians, at the beginning and at the end
in uint a_look;
in vec2 a_offset;         // pixels that a fanned one stands beside its place

out vec2 v_point;         // in units; y is where the courier goes
flat out uint v_look;

const float TAU = 6.283185307179586;

void main() {
  float share = a_time.y > 0.0 ? clamp((u_now - a_time.x) / a_time.y, 0.0, 1.0) : 1.0;
  vec2 from = vec2(ivec2(a_from - u_centre));
  vec2 way = vec2(ivec2(a_to - a_from));
  vec4 centre = u_matrix * vec4(from + way * share, 0.0, 1.0);

  float turn = a_heading.y - a_heading.x;
  turn -= TAU * floor(turn / TAU + 0.5);
  float angle = a_heading.x + turn * min(share * 3.0, 1.0) - u_bearing;
  float s = sin(angle), c = cos(angle);

  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  vec2 offset = corner * ${reach}.0;
  v_point = vec2(c * offset.x + s * offset.y, s * offset.x - c * offset.y);
  v_look = a_look;
  gl_Position = centre + vec4((offset + a_offset) * u_unit * centre.w, 0.0, 0.0);
  if ((a_look & ${look.hidden}u) != 0u) gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // outside of the screen
}`;

export const fragment = `#version 300 es
precision highp float;

uniform vec3 u_moving;
uniform vec3 u_stopped;
uniform vec3 u_silent;
uniform vec3 u_ground;    // the halo around a courier, and what a hollow one is filled with
uniform vec3 u_accent;    // the ring around the selected one
uniform float u_pixel;    // one pixel of the screen in units
uniform float u_stale;    // 1 while the picture is not live

in vec2 v_point;
flat in uint v_look;
out vec4 color;

// Distance to the hull of two circles: radius a at the origin, radius b at
// height h above it. Signed distance of an uneven capsule, Inigo Quilez,
// https://iquilezles.org/articles/distfunctions2d/
float drop(vec2 p, float a, float b, float h) {
  p.x = abs(p.x);
  float k = (a - b) / h;
  float m = sqrt(1.0 - k * k);
  float along = dot(p, vec2(-k, m));
  if (along < 0.0) return length(p) - a;
  if (along > m * h) return length(p - vec2(0.0, h)) - b;
  return dot(p, vec2(m, k)) - a;
}

float cover(float distance) {
  return clamp(0.5 - distance / u_pixel, 0.0, 1.0);
}

void over(vec3 paint, float alpha) {
  color = vec4(paint * alpha, alpha) + color * (1.0 - alpha);
}

void main() {
  bool moving = (v_look & ${look.moving}u) != 0u;
  bool silent = (v_look & ${look.silent}u) != 0u;
  bool selected = (v_look & ${look.selected}u) != 0u;

  float shape = moving ? drop(v_point + vec2(0.0, 3.0), 7.5, 1.6, 12.9) : length(v_point) - 7.0;
  vec3 fill = silent ? u_silent : mix(moving ? u_moving : u_stopped, u_silent, u_stale);

  color = vec4(0.0);
  over(vec3(0.0), 0.16 * (1.0 - smoothstep(-1.0, 4.0, shape)));
  if (selected) over(u_accent, cover(abs(length(v_point) - 16.5) - 1.25));
  over(u_ground, cover(shape - 1.5));
  over(fill, cover(shape));
  if (silent) over(u_ground, cover(shape + 2.25));
}`;
