import { a as O, i as parts, n as at, o as x, r as dark, t as __vitePreload } from "./track.js";
import { AttributionControl, LngLatBounds, Map as Map$1, setWorkerUrl } from "./maplibre-gl.mjs";
// src/camera.ts
var flight = 600;
var near = 15;
var Camera = class {
	inset = {
		left: 0,
		right: 0,
		top: 0,
		bottom: 0
	};
	placed = false;
	map;
	loosened;
	constructor(map, loosened) {
		this.map = map;
		this.loosened = loosened;
		map.on("movestart", (event) => this.placed ||= "originalEvent" in event && event.originalEvent !== void 0);
		map.on("dragstart", () => this.loosened());
	}
	get view() {
		const { lat, lng } = this.map.getCenter();
		return {
			zoom: this.map.getZoom(),
			lat,
			lon: lng
		};
	}
	look({ zoom, lat, lon }) {
		this.placed = true;
		this.map.jumpTo({
			zoom,
			center: [lon, lat]
		});
	}
	zoom(by) {
		this.map.easeTo({
			zoom: this.map.getZoom() + by,
			duration: pace(200)
		});
	}
	fly({ lat, lon }) {
		this.placed = true;
		const zoom = Math.max(near, this.map.getZoom());
		this.map.flyTo({
			center: [lon, lat],
			zoom,
			offset: this.offset(),
			duration: pace(flight)
		});
	}
	approach({ lat, lon }) {
		this.map.easeTo({
			center: [lon, lat],
			zoom: this.map.getZoom() + 2,
			offset: this.offset(),
			duration: pace(flight)
		});
	}
	middle() {
		const { clientWidth, clientHeight } = this.map.getContainer();
		const [x, y] = this.offset();
		return {
			x: clientWidth / 2 + x,
			y: clientHeight / 2 + y
		};
	}
	reveal({ lat, lon }) {
		const { x, y } = this.map.project([lon, lat]);
		const { clientWidth, clientHeight } = this.map.getContainer();
		const { left, right, top, bottom } = this.inset;
		const by = [beyond(x, left, clientWidth - right), beyond(y, top, clientHeight - bottom)];
		if (by.some((pixels) => pixels !== 0)) this.map.panBy(by, { duration: pace(flight / 2) });
	}
	accompany({ lat, lon }, milliseconds) {
		if (this.map.isZooming()) return;
		this.map.easeTo({
			center: [lon, lat],
			offset: this.offset(),
			duration: pace(milliseconds),
			easing: (share) => share
		});
	}
	fit(spots, milliseconds = flight, maxZoom = near) {
		const bounds = around$1(spots);
		if (bounds.isEmpty()) return;
		this.placed = true;
		this.map.fitBounds(bounds, {
			padding: this.padding(),
			maxZoom,
			duration: pace(milliseconds)
		});
	}
	closest(spots, maxZoom) {
		const bounds = around$1(spots);
		return (bounds.isEmpty() ? void 0 : this.map.cameraForBounds(bounds, {
			padding: this.padding(),
			maxZoom
		})?.zoom) ?? maxZoom;
	}
	settleOn(corners) {
		this.placed = true;
		const bounds = around$1(corners);
		const whole = this.map.cameraForBounds(bounds, { padding: this.inset })?.zoom ?? 0;
		this.map.easeTo({
			center: bounds.getCenter(),
			zoom: Math.max(12.9, whole),
			offset: this.offset(),
			duration: 0
		});
	}
	makeRoom(inset) {
		const { left, right } = this.inset;
		this.inset = inset;
		if (this.placed && left !== right && left === inset.right && right === inset.left) this.map.panBy([left - right, 0], { duration: 0 });
	}
	offset() {
		const { left, right, top, bottom } = this.inset;
		return [(left - right) / 2, (top - bottom) / 2];
	}
	padding() {
		const { clientWidth, clientHeight } = this.map.getContainer();
		const { left, right, top, bottom } = this.inset;
		const aside = Math.max(8, Math.min(80, (clientWidth - left - right) / 5));
		const above = Math.max(8, Math.min(80, (clientHeight - top - bottom) / 5));
		return {
			left: left + aside,
			right: right + aside,
			top: top + above,
			bottom: bottom + above
		};
	}
};
function beyond(x, from, to) {
	const room = 24;
	return Math.min(0, x - from - room) + Math.max(0, x - to + room);
}
function around$1(spots) {
	const bounds = new LngLatBounds();
	for (const { lat, lon } of spots) bounds.extend([lon, lat]);
	return bounds;
}
function still() {
	return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
function pace(milliseconds) {
	return still() ? 0 : milliseconds;
}
// src/canvas.ts
function openMap(container, theme, request) {
	setWorkerUrl(at("maplibre-gl-worker.mjs"));
	const map = new Map$1({
		...options,
		container,
		style: blank(theme),
		transformRequest: request
	});
	map.touchZoomRotate.disableRotation();
	map.keyboard.disableRotation();
	return map;
}
function keepAbove(map, layer) {
	map.on("style.load", () => {
		map.setProjection({ type: "mercator" });
		if (!map.getLayer(layer.id)) map.addLayer(layer);
	});
}
function lay(map, style, top) {
	const styled = map.getLayer(top.id) !== void 0;
	map.setStyle(style, { diff: styled });
	if (map.getLayer(top.id)) map.moveLayer(top.id);
}
function attribute(map) {
	map.addControl(new AttributionControl({ compact: false }), "bottom-left");
}
function paint(theme) {
	return {
		moving: parts(theme.moving),
		stopped: parts(theme.stopped),
		silent: parts(theme.silent),
		ground: parts(theme.surface),
		accent: parts(theme.accent),
		stale: true
	};
}
var options = {
	center: [53, 32.5],
	zoom: 4.2,
	maxZoom: 20,
	maxPitch: 0,
	dragRotate: false,
	pitchWithRotate: false,
	touchPitch: false,
	attributionControl: false,
	fadeDuration: 0
};
function blank(theme) {
	return {
		version: 8,
		sources: {},
		layers: [{
			id: "ground",
			type: "background",
			paint: { "background-color": theme.ground }
		}]
	};
}
// src/mercator.ts
var world = 2 ** 32;
var edge = 85.051129;
function place(lat, lon) {
	const sine = Math.sin(Math.max(-85.051129, Math.min(edge, lat)) * Math.PI / 180);
	const x = lon / 360 + .5;
	const y = .5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
	return {
		x: whole$1(x),
		y: Math.min(world - 1, Math.max(0, Math.round(y * world)))
	};
}
function degrees$1(at) {
	return {
		lat: Math.atan(Math.sinh(Math.PI * (1 - 2 * at.y / world))) * 180 / Math.PI,
		lon: at.x / world * 360 - 180
	};
}
function between(from, to, share) {
	if (share >= 1) return to;
	return {
		x: from.x + Math.round(difference(from.x, to.x) * share) >>> 0,
		y: from.y + Math.round(difference(from.y, to.y) * share) >>> 0
	};
}
function difference(a, b) {
	return b - a | 0;
}
function whole$1(x) {
	return Math.round((x - Math.floor(x)) * world) >>> 0;
}
// src/glide.ts
var longest = 2e3;
var farthest = 3e3;
function glide(from, to, lat, gap) {
	const near = metres$1(from, to, lat) < farthest;
	return gap > 0 && near && !still() ? Math.min(gap, longest) : 0;
}
function metres$1(from, to, lat) {
	return Math.hypot(to.x - from.x | 0, to.y - from.y | 0) * metresPerStep(lat);
}
function metresPerStep(lat) {
	return 40075017 * Math.cos(lat * Math.PI / 180) / world;
}
var look = {
	moving: 1,
	silent: 2,
	selected: 4,
	hidden: 8
};
var record = {
	fromX: 0,
	fromY: 1,
	toX: 2,
	toY: 3,
	start: 4,
	duration: 5,
	turnFrom: 6,
	turnTo: 7,
	look: 8,
	offsetX: 9,
	offsetY: 10,
	words: 11
};
var vertex = `#version 300 es
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
  vec2 offset = corner * 20.0;
  v_point = vec2(c * offset.x + s * offset.y, s * offset.x - c * offset.y);
  v_look = a_look;
  gl_Position = centre + vec4((offset + a_offset) * u_unit * centre.w, 0.0, 0.0);
  if ((a_look & ${look.hidden}u) != 0u) gl_Position = vec4(2.0, 2.0, 2.0, 1.0); // outside of the screen
}`;
var fragment = `#version 300 es
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
// src/brush.ts
var stride = record.words * 4;
var Brush = class {
	gl;
	program;
	array;
	buffer;
	capacity = 0;
	constructor(gl) {
		this.gl = gl;
		this.program = link(gl);
		this.array = gl.createVertexArray();
		this.buffer = gl.createBuffer();
		gl.bindVertexArray(this.array);
		gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
		this.attribute("a_from", 2, record.fromX, gl.UNSIGNED_INT);
		this.attribute("a_to", 2, record.toX, gl.UNSIGNED_INT);
		this.attribute("a_time", 2, record.start, gl.FLOAT);
		this.attribute("a_heading", 2, record.turnFrom, gl.FLOAT);
		this.attribute("a_look", 1, record.look, gl.UNSIGNED_INT);
		this.attribute("a_offset", 2, record.offsetX, gl.FLOAT);
		gl.bindVertexArray(null);
	}
	load(records, changed, count) {
		const { gl } = this;
		gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
		if (this.capacity !== records.byteLength) {
			this.capacity = records.byteLength;
			gl.bufferData(gl.ARRAY_BUFFER, records, gl.DYNAMIC_DRAW);
			return;
		}
		const to = Math.min(changed.to, count);
		if (changed.from >= to) return;
		const first = changed.from * record.words;
		gl.bufferSubData(gl.ARRAY_BUFFER, changed.from * stride, records, first, (to - changed.from) * record.words);
	}
	draw(map, input, paint, count, now) {
		const { gl } = this;
		gl.useProgram(this.program);
		this.place(map, input);
		gl.uniform1f(this.uniform("u_now"), now);
		for (const name of [
			"moving",
			"stopped",
			"silent",
			"ground",
			"accent"
		]) gl.uniform3fv(this.uniform(`u_${name}`), paint[name]);
		gl.uniform1f(this.uniform("u_stale"), paint.stale ? 1 : 0);
		gl.bindVertexArray(this.array);
		gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
		gl.bindVertexArray(null);
	}
	free() {
		this.gl.deleteProgram(this.program);
		this.gl.deleteVertexArray(this.array);
		this.gl.deleteBuffer(this.buffer);
	}
	place(map, input) {
		const { gl } = this;
		const { lng, lat } = map.getCenter();
		const centre = place(lat, lng);
		const turns = Math.floor(lng / 360 + .5);
		const matrix = around(input.defaultProjectionData.mainMatrix, centre.x / world + turns, centre.y / world);
		const { clientWidth, clientHeight } = map.getCanvas();
		const size = sizeAt(map.getZoom());
		gl.uniformMatrix4fv(this.uniform("u_matrix"), false, matrix);
		gl.uniform2ui(this.uniform("u_centre"), centre.x, centre.y);
		gl.uniform2f(this.uniform("u_unit"), 2 * size / clientWidth, -2 * size / clientHeight);
		gl.uniform1f(this.uniform("u_pixel"), clientWidth / (gl.drawingBufferWidth * size));
		gl.uniform1f(this.uniform("u_bearing"), map.getBearing() * Math.PI / 180);
	}
	attribute(name, size, word, type) {
		const { gl } = this;
		const location = gl.getAttribLocation(this.program, name);
		gl.enableVertexAttribArray(location);
		gl.vertexAttribDivisor(location, 1);
		if (type === gl.FLOAT) gl.vertexAttribPointer(location, size, type, false, stride, word * 4);
		else gl.vertexAttribIPointer(location, size, type, stride, word * 4);
	}
	uniform(name) {
		return this.gl.getUniformLocation(this.program, name);
	}
};
function sizeAt(zoom) {
	return Math.max(.7, Math.min(1, 1 - (12.8 - zoom) * .16));
}
function around(matrix, x, y) {
	const out = /* @__PURE__ */ new Float32Array(16);
	for (let row = 0; row < 4; row++) {
		const [a, b, c, d] = [
			matrix[row],
			matrix[row + 4],
			matrix[row + 8],
			matrix[row + 12]
		];
		out[row] = a / world;
		out[row + 4] = b / world;
		out[row + 8] = c;
		out[row + 12] = a * x + b * y + d;
	}
	return out;
}
function link(gl) {
	const program = gl.createProgram();
	for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
		const shader = gl.createShader(type);
		if (!shader) continue;
		gl.shaderSource(shader, source);
		gl.compileShader(shader);
		gl.attachShader(program, shader);
	}
	gl.linkProgram(program);
	if (gl.getProgramParameter(program, gl.LINK_STATUS) || gl.isContextLost()) return program;
	throw new Error(`link the couriers' program: ${gl.getProgramInfoLog(program)}`);
}
// src/markers.ts
var hour = 36e5;
var Markers = class {
	id = "couriers";
	type = "custom";
	slots = /* @__PURE__ */ new Map();
	ids = [];
	buffer = /* @__PURE__ */ new ArrayBuffer(record.words * 4 * 256);
	ints = new Uint32Array(this.buffer);
	floats = new Float32Array(this.buffer);
	dirty = {
		from: 0,
		to: 0
	};
	base = performance.now();
	until = 0;
	selected;
	map;
	brush;
	paint;
	constructor(paint) {
		this.paint = paint;
	}
	put(id, mark, duration) {
		const slot = this.slots.get(id);
		if (slot === void 0) this.write(this.add(id), place(mark.lat, mark.lon), mark, 0);
		else this.write(slot, this.where(slot), mark, duration);
	}
	mark(id, { moving, silent }) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		const word = slot * record.words + record.look;
		const kept = this.ints[word] & (look.selected | look.hidden);
		this.ints[word] = kept | (moving ? look.moving : 0) | (silent ? look.silent : 0);
		this.touch(slot);
	}
	hide(hidden) {
		for (const [slot, id] of this.ids.entries()) {
			const word = slot * record.words + record.look;
			if ((this.ints[word] & look.hidden) === (hidden(id) ? look.hidden : 0)) continue;
			this.ints[word] ^= look.hidden;
			this.touch(slot);
		}
	}
	shift(id, { x, y }) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		this.floats[slot * record.words + record.offsetX] = x;
		this.floats[slot * record.words + record.offsetY] = y;
		this.touch(slot);
	}
	offset(id) {
		const word = (this.slots.get(id) ?? 0) * record.words;
		return {
			x: this.floats[word + record.offsetX],
			y: this.floats[word + record.offsetY]
		};
	}
	shown(id) {
		const slot = this.slots.get(id);
		return slot !== void 0 && (this.ints[slot * record.words + record.look] & look.hidden) === 0;
	}
	bodies() {
		return this.ids.map((id, slot) => {
			const word = slot * record.words;
			const is = this.ints[word + record.look];
			const standing = (is & look.moving) === 0 || (is & look.silent) !== 0;
			return {
				id,
				x: this.ints[word + record.toX],
				y: this.ints[word + record.toY],
				standing
			};
		});
	}
	remove(id) {
		const slot = this.slots.get(id);
		if (slot === void 0) return;
		this.slots.delete(id);
		const last = this.ids.pop();
		if (last === id) return;
		this.ids[slot] = last;
		this.slots.set(last, slot);
		const from = this.ids.length * record.words;
		this.ints.copyWithin(slot * record.words, from, from + record.words);
		this.touch(slot);
	}
	wipe() {
		this.ints.fill(0);
		this.onRemove();
	}
	select(id) {
		for (const each of [this.selected, id]) {
			if (each === id) this.raise(each);
			const slot = each === void 0 ? void 0 : this.slots.get(each);
			if (slot === void 0) continue;
			this.ints[slot * record.words + record.look] ^= look.selected;
			this.touch(slot);
		}
		this.selected = id;
	}
	settle() {
		for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.duration] = 0;
		this.until = 0;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	at(id) {
		const slot = this.slots.get(id);
		return slot === void 0 ? void 0 : this.where(slot);
	}
	nearest(to, within, pixel) {
		let found;
		let best = within * pixel;
		for (let slot = 0; slot < this.ids.length; slot++) {
			const word = slot * record.words;
			if (this.ints[word + record.look] & look.hidden) continue;
			const at = this.where(slot);
			const east = difference(to.x, at.x) + this.floats[word + record.offsetX] * pixel;
			const south = difference(to.y, at.y) + this.floats[word + record.offsetY] * pixel;
			const distance = Math.hypot(east, south);
			if (distance >= best) continue;
			best = distance;
			found = this.ids[slot];
		}
		return found;
	}
	onAdd(map) {
		this.map = map;
		this.brush = void 0;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	onRemove() {
		this.brush?.free();
		this.brush = void 0;
	}
	forget() {
		this.brush = void 0;
	}
	render(gl, input) {
		const map = this.map;
		if (!map || this.ids.length === 0) return;
		const now = performance.now();
		if (now - this.base > hour) this.rebase(now);
		this.brush ??= new Brush(gl);
		this.brush.load(this.ints, this.dirty, this.ids.length);
		this.dirty = {
			from: Infinity,
			to: 0
		};
		this.brush.draw(map, input, this.paint, this.ids.length, now - this.base);
		if (now < this.until) map.triggerRepaint();
	}
	raise(id) {
		const slot = id === void 0 ? void 0 : this.slots.get(id);
		const last = this.ids.length - 1;
		if (id === void 0 || slot === void 0 || slot === last) return;
		const { words } = record;
		const mine = this.ints.slice(slot * words, (slot + 1) * words);
		this.ints.copyWithin(slot * words, last * words, (last + 1) * words);
		this.ints.set(mine, last * words);
		const other = this.ids[last];
		this.ids[slot] = other;
		this.ids[last] = id;
		this.slots.set(other, slot);
		this.slots.set(id, last);
		this.touch(slot);
		this.touch(last);
	}
	add(id) {
		const slot = this.ids.length;
		if (slot * record.words * 4 === this.buffer.byteLength) this.grow();
		this.ids.push(id);
		this.slots.set(id, slot);
		this.floats[slot * record.words + record.turnTo] = 0;
		this.floats[slot * record.words + record.offsetX] = 0;
		this.floats[slot * record.words + record.offsetY] = 0;
		this.ints[slot * record.words + record.look] = id === this.selected ? look.selected : 0;
		return slot;
	}
	grow() {
		const old = this.ints;
		this.buffer = /* @__PURE__ */ new ArrayBuffer(this.buffer.byteLength * 2);
		this.ints = new Uint32Array(this.buffer);
		this.floats = new Float32Array(this.buffer);
		this.ints.set(old);
	}
	write(slot, from, mark, duration) {
		const { ints, floats } = this;
		const word = slot * record.words;
		const to = place(mark.lat, mark.lon);
		const now = performance.now();
		const turnFrom = floats[word + record.turnTo] ?? 0;
		const turn = mark.heading === null ? turnFrom : mark.heading * Math.PI / 180;
		ints[word + record.fromX] = from.x;
		ints[word + record.fromY] = from.y;
		ints[word + record.toX] = to.x;
		ints[word + record.toY] = to.y;
		floats[word + record.start] = now - this.base;
		floats[word + record.duration] = duration;
		floats[word + record.turnFrom] = duration > 0 ? turnFrom : turn;
		floats[word + record.turnTo] = turn;
		this.until = Math.max(this.until, now + duration);
		this.mark(this.ids[slot], mark);
	}
	where(slot) {
		const { ints, floats } = this;
		const word = slot * record.words;
		const from = {
			x: ints[word + record.fromX],
			y: ints[word + record.fromY]
		};
		const to = {
			x: ints[word + record.toX],
			y: ints[word + record.toY]
		};
		const duration = floats[word + record.duration];
		if (duration === 0) return to;
		return between(from, to, (performance.now() - this.base - floats[word + record.start]) / duration);
	}
	rebase(now) {
		const shift = now - this.base;
		for (let slot = 0; slot < this.ids.length; slot++) this.floats[slot * record.words + record.start] -= shift;
		this.base = now;
		this.touch(0);
		this.touch(this.ids.length - 1);
	}
	touch(slot) {
		this.dirty.from = Math.min(this.dirty.from, Math.max(slot, 0));
		this.dirty.to = Math.max(this.dirty.to, slot + 1);
		this.map?.triggerRepaint();
	}
};
// src/motion.ts
var slowest = .7;
var step = 12;
function motion(last, next) {
	const way = last ? metres(last, next) : {
		east: 0,
		north: 0
	};
	const stepped = Math.hypot(way.east, way.north) > step;
	const bearing = stepped ? degrees(way) : last?.heading ?? null;
	const repeated = last !== void 0 && last.stamp === next.stamp;
	return {
		moving: next.speed === null ? stepped || repeated && last.moving : next.speed >= slowest,
		heading: next.heading ?? bearing
	};
}
function metres(from, to) {
	const degree = 111195;
	return {
		east: ((to.lon - from.lon + 540) % 360 - 180) * degree * Math.cos(to.lat * Math.PI / 180),
		north: (to.lat - from.lat) * degree
	};
}
function degrees(way) {
	return (Math.atan2(way.east, way.north) * (180 / Math.PI) + 360) % 360;
}
// src/schema.ts
var protomaps = {
	land: { layer: "earth" },
	water: {
		layer: "water",
		filter: [
			"==",
			["geometry-type"],
			"Polygon"
		]
	},
	green: [kinds("landuse", "park", "forest", "wood", "garden", "grass", "cemetery", "golf_course", "nature_reserve", "pitch")],
	building: { layer: "buildings" },
	border: kinds("boundaries", "country"),
	roads: {
		motorway: kinds("roads", "highway"),
		main: kinds("roads", "major_road", "medium_road"),
		street: kinds("roads", "minor_road"),
		alley: kinds("roads", "path", "other")
	},
	roadNames: {
		main: kinds("roads", "highway", "major_road", "medium_road"),
		street: kinds("roads", "minor_road")
	},
	places: {
		city: {
			layer: "places",
			filter: [
				"all",
				kindIs("locality"),
				[
					"match",
					detail(),
					[
						"city",
						"state_capital",
						"country_capital"
					],
					true,
					false
				]
			]
		},
		town: {
			layer: "places",
			filter: [
				"all",
				kindIs("locality"),
				[
					"match",
					detail(),
					[
						"city",
						"state_capital",
						"country_capital"
					],
					false,
					true
				]
			]
		},
		quarter: kinds("places", "neighbourhood", "macrohood")
	}
};
var openmaptiles = {
	land: void 0,
	water: { layer: "water" },
	green: [
		classes("landcover", "grass", "wood"),
		classes("landuse", "cemetery", "pitch"),
		{ layer: "park" }
	],
	building: { layer: "building" },
	border: {
		layer: "boundary",
		filter: [
			"all",
			[
				"<=",
				["get", "admin_level"],
				2
			],
			[
				"!=",
				["get", "maritime"],
				1
			]
		]
	},
	roads: {
		motorway: classes("transportation", "motorway"),
		main: classes("transportation", "trunk", "primary", "secondary", "tertiary"),
		street: classes("transportation", "minor", "busway"),
		alley: classes("transportation", "service", "track", "path", "raceway")
	},
	roadNames: {
		main: classes("transportation_name", "motorway", "trunk", "primary", "secondary", "tertiary"),
		street: classes("transportation_name", "minor", "service")
	},
	places: {
		city: classes("place", "city"),
		town: classes("place", "town", "village"),
		quarter: classes("place", "suburb", "quarter", "neighbourhood")
	}
};
function kinds(layer, ...names) {
	return {
		layer,
		filter: [
			"match",
			[
				"coalesce",
				["get", "kind"],
				["get", "pmap:kind"],
				""
			],
			names,
			true,
			false
		]
	};
}
function kindIs(name) {
	return [
		"==",
		[
			"coalesce",
			["get", "kind"],
			["get", "pmap:kind"],
			""
		],
		name
	];
}
function detail() {
	return [
		"coalesce",
		["get", "kind_detail"],
		["get", "pmap:kind_detail"],
		""
	];
}
function classes(layer, ...names) {
	return {
		layer,
		filter: [
			"match",
			[
				"coalesce",
				["get", "class"],
				""
			],
			names,
			true,
			false
		]
	};
}
// src/style.ts
function builtin({ theme, language, city }) {
	return {
		version: 8,
		"font-faces": fonts(),
		sources: {
			world: {
				type: "geojson",
				data: at("world.geojson"),
				maxzoom: 8,
				tolerance: .6
			},
			...city && { city: {
				type: "geojson",
				data: at("map/city.geojson"),
				maxzoom: 15
			} }
		},
		layers: [...worldLayers(theme, city), ...city ? [...cityLayers(theme), ...labelLayers(theme, language)] : []]
	};
}
function fonts() {
	return {
		Vazirmatn: [{ url: at("fonts/Vazirmatn-Regular.woff2") }],
		"Vazirmatn Medium": [{ url: at("fonts/Vazirmatn-Medium.woff2") }]
	};
}
function worldLayers({ ground, map }, city) {
	return [
		{
			id: "sea",
			type: "background",
			paint: { "background-color": city ? [
				"step",
				["zoom"],
				map.water,
				10,
				ground
			] : map.water }
		},
		{
			id: "land",
			type: "fill",
			source: "world",
			filter: [
				"==",
				["get", "kind"],
				"land"
			],
			paint: { "fill-color": ground }
		},
		{
			id: "border",
			type: "line",
			source: "world",
			filter: [
				"==",
				["get", "kind"],
				"border"
			],
			paint: {
				"line-color": map.border,
				"line-width": [
					"interpolate",
					["linear"],
					["zoom"],
					2,
					.5,
					8,
					1.2
				]
			}
		}
	];
}
function cityLayers({ map }) {
	const buildings = byZoom([13.8, 0], [14.8, 1]);
	return [
		area$1("ground", map.town),
		area$1("park", map.park),
		area$1("water", map.water),
		{
			...area$1("building", map.building),
			minzoom: 13.8,
			paint: {
				"fill-color": map.building,
				"fill-opacity": buildings
			}
		},
		street(map, "alley", "casing", [14, .8], [16, 6], [19, 22]),
		street(map, "street", "casing", [12, .8], [14, 3.4], [16, 9.5], [19, 40]),
		street(map, "avenue", "casing", [10, .8], [12, 2.6], [14, 6.4], [16, 15], [19, 60]),
		street(map, "motorway", "casing", [9, 1], [12, 4.2], [14, 9], [16, 19], [19, 76]),
		street(map, "alley", "street", [14, .4], [16, 4.5], [19, 20]),
		street(map, "street", "street", [12, .4], [14, 2.2], [16, 8], [19, 38]),
		street(map, "avenue", "main", [10, .4], [12, 1.6], [14, 5], [16, 13.2], [19, 58]),
		street(map, "motorway", "motorway", [9, .6], [12, 2.8], [14, 7.2], [16, 16.8], [19, 73])
	];
}
function labelLayers(theme, language) {
	const { map } = theme;
	const name = naming$1(language);
	return [
		streetLabel("alley", 15.5, 11, theme, name),
		streetLabel("street", 14, 11, theme, name),
		streetLabel("avenue", 12.5, 11.5, theme, name),
		streetLabel("motorway", 12, 12, theme, name),
		{
			id: "place-label",
			type: "symbol",
			source: "city",
			filter: [
				"==",
				["get", "kind"],
				"place"
			],
			layout: {
				"text-field": name,
				"text-font": ["Vazirmatn Medium"],
				"text-size": [
					"match",
					["get", "class"],
					"city",
					19,
					"district",
					13.5,
					11.5
				],
				"text-max-width": 7,
				"text-padding": 8,
				"symbol-sort-key": ["get", "rank"]
			},
			paint: {
				...halo(theme),
				"text-color": [
					"match",
					["get", "class"],
					"park",
					map.green,
					"square",
					map.label,
					map.place
				],
				"text-opacity": byZoom([15.5, 1], [16.5, 0])
			}
		}
	];
}
function naming$1(language) {
	const names = [["get", "name"], ["get", "name_en"]];
	if (language === "en") names.reverse();
	return [
		"coalesce",
		names[0],
		names[1]
	];
}
function area$1(kind, color) {
	return {
		id: kind,
		type: "fill",
		source: "city",
		filter: [
			"all",
			[
				"==",
				["get", "kind"],
				kind
			],
			[
				"in",
				["geometry-type"],
				["literal", ["Polygon", "MultiPolygon"]]
			]
		],
		paint: { "fill-color": color }
	};
}
function street(map, kind, tone, ...widths) {
	return {
		id: `${kind}-${tone}`,
		type: "line",
		source: "city",
		minzoom: widths[0][0],
		filter: [
			"all",
			[
				"==",
				["get", "kind"],
				"street"
			],
			[
				"==",
				["get", "class"],
				kind
			]
		],
		layout: {
			"line-cap": "round",
			"line-join": "round"
		},
		paint: {
			"line-color": map[tone],
			"line-width": byZoom(...widths)
		}
	};
}
function streetLabel(kind, minzoom, size, theme, name) {
	return {
		id: `${kind}-label`,
		type: "symbol",
		source: "city",
		minzoom,
		filter: [
			"all",
			[
				"==",
				["get", "kind"],
				"street"
			],
			[
				"==",
				["get", "class"],
				kind
			]
		],
		layout: {
			"symbol-placement": "line",
			"symbol-spacing": 420,
			"text-field": name,
			"text-font": ["Vazirmatn"],
			"text-size": byZoom([minzoom, size], [18, size + 3]),
			"text-max-angle": 30,
			"text-padding": 12
		},
		paint: {
			...halo(theme),
			"text-color": theme.map.label
		}
	};
}
function halo(theme) {
	return {
		"text-halo-color": theme.map.town,
		"text-halo-width": 1.4
	};
}
function byZoom(...stops) {
	return [
		"interpolate",
		["exponential", 1.4],
		["zoom"],
		...stops.flat()
	];
}
// src/basemap.ts
var source = "tiles";
function basemap(archive, theme, language) {
	const { url, attribution } = archive;
	if (archive.schema === "images") return {
		version: 8,
		sources: { [source]: {
			type: "raster",
			url,
			tileSize: 256,
			attribution
		} },
		layers: [{
			id: "tiles",
			type: "raster",
			source
		}]
	};
	const schema = archive.schema === "protomaps" ? protomaps : openmaptiles;
	return {
		version: 8,
		"font-faces": fonts(),
		sources: { [source]: {
			type: "vector",
			url,
			attribution
		} },
		layers: [
			...grounds(schema, theme),
			...roads(schema, theme),
			...labels(schema, theme, naming(language))
		]
	};
}
function grounds({ land, water, green, building, border }, { ground, map }) {
	return [
		{
			id: "ground",
			type: "background",
			paint: { "background-color": land ? map.water : ground }
		},
		...land ? [area("land", land, ground)] : [],
		...green.map((some, i) => area(`green-${i}`, some, map.park)),
		area("water", water, map.water),
		{
			...area("building", building, map.building),
			minzoom: 14
		},
		{
			id: "border",
			type: "line",
			...from(border),
			paint: {
				"line-color": map.border,
				"line-width": byZoom([2, .5], [8, 1.2])
			}
		}
	];
}
function roads({ roads: some }, { map }) {
	return [
		line("alley", some.alley, map.street, [14.5, .4], [16, 2.5], [19, 12]),
		line("street-casing", some.street, map.casing, [12.5, .6], [14, 3.2], [16, 9], [19, 38]),
		line("main-casing", some.main, map.casing, [9, .8], [12, 2.6], [14, 6.4], [16, 15], [19, 60]),
		line("motorway-casing", some.motorway, map.casing, [6, .8], [12, 4.2], [14, 9], [16, 19], [19, 76]),
		line("street", some.street, map.street, [12.5, .3], [14, 2], [16, 7.6], [19, 36]),
		line("main", some.main, map.main, [9, .4], [12, 1.6], [14, 5], [16, 13.2], [19, 58]),
		line("motorway", some.motorway, map.motorway, [6, .5], [12, 2.8], [14, 7.2], [16, 16.8], [19, 73])
	];
}
function labels({ roadNames, places }, theme, name) {
	return [
		roadLabel("street-label", roadNames.street, 14.5, theme, name),
		roadLabel("main-label", roadNames.main, 12.5, theme, name),
		placeLabel("quarter", places.quarter, 12, 12.5, theme, name),
		placeLabel("town", places.town, 8, 13, theme, name),
		placeLabel("city", places.city, 3, 16, theme, name)
	];
}
function from({ layer, filter }) {
	return {
		source,
		"source-layer": layer,
		...filter && { filter }
	};
}
function area(id, some, color) {
	return {
		id,
		type: "fill",
		...from(some),
		paint: { "fill-color": color }
	};
}
function line(id, some, color, ...widths) {
	return {
		id,
		type: "line",
		...from(some),
		minzoom: widths[0][0],
		layout: {
			"line-cap": "round",
			"line-join": "round"
		},
		paint: {
			"line-color": color,
			"line-width": byZoom(...widths)
		}
	};
}
function roadLabel(id, some, minzoom, theme, name) {
	return {
		id,
		type: "symbol",
		...from(some),
		minzoom,
		layout: {
			"symbol-placement": "line",
			"symbol-spacing": 420,
			"text-field": name,
			"text-font": ["Vazirmatn"],
			"text-size": 11.5,
			"text-max-angle": 30
		},
		paint: {
			...halo(theme),
			"text-color": theme.map.label
		}
	};
}
function placeLabel(id, some, minzoom, size, theme, name) {
	return {
		id: `${id}-label`,
		type: "symbol",
		...from(some),
		minzoom,
		layout: {
			"text-field": name,
			"text-font": ["Vazirmatn Medium"],
			"text-size": size,
			"text-max-width": 7,
			"text-padding": 6
		},
		paint: {
			...halo(theme),
			"text-color": theme.map.place
		}
	};
}
function naming(language) {
	return language === "fa" ? [
		"coalesce",
		["get", "name:fa"],
		["get", "name"],
		["get", "name:en"],
		""
	] : [
		"coalesce",
		["get", "name:en"],
		["get", "name:latin"],
		["get", "name_en"],
		["get", "name"],
		""
	];
}
// src/ground.ts
var patience = 3e3;
var ownPrefix = "https://peyk.invalid/";
var Ground = class {
	map;
	config;
	page;
	undo = () => {};
	attributed = false;
	constructor(map, config, page) {
		this.map = map;
		this.config = config;
		this.page = page;
	}
	async lay() {
		if (this.config.kind !== "builtin") return this.layOther(() => this.follow(this.layBuiltin()));
		this.follow(this.layBuiltin());
		this.page.ground.value = "builtin";
	}
	async relay() {
		if (this.page.ground.peek() !== "fallback") return;
		this.page.ground.value = "waiting";
		await this.layOther(() => {});
	}
	async layOther(meanwhile) {
		const fallBack = () => {
			if (this.page.ground.peek() !== "waiting") return;
			meanwhile();
			this.page.ground.value = "fallback";
		};
		const late = setTimeout(fallBack, patience);
		try {
			this.follow(await (this.config.kind === "pmtiles" ? this.layArchive() : this.layForeign()));
			if (!this.attributed) this.map.attribute();
			this.attributed = true;
			this.page.ground.value = "foreign";
		} catch {
			fallBack();
		}
		clearTimeout(late);
	}
	follow(undo) {
		this.undo();
		this.undo = undo;
	}
	layBuiltin() {
		const { map, page } = this;
		const { city } = this.config;
		page.city.value = city;
		const undo = x(() => {
			const theme = page.theme.value;
			map.ground(builtin({
				theme,
				language: page.language.value,
				city
			}), theme);
		});
		if (city) map.showCity();
		return undo;
	}
	async layForeign() {
		const { map, page, config } = this;
		const address = O(() => whole(page.theme.value === dark ? config.dark : config.style));
		let laid = address.peek();
		map.ground(await this.foreign(laid), page.theme.peek());
		return x(() => {
			map.tint(page.theme.value);
			const wanted = address.value;
			if (wanted === laid) return;
			laid = wanted;
			this.foreign(wanted).then((style) => wanted === laid && map.ground(style, page.theme.peek()), () => {});
		});
	}
	async layArchive() {
		const { map, page, config } = this;
		const { open } = await __vitePreload(async () => {
			const { open } = await import("./track-archive.js");
			return { open };
		}, [], import.meta.url);
		const archive = await open(page.request(whole(config.style)));
		return x(() => {
			const theme = page.theme.value;
			map.ground(basemap({
				...archive,
				attribution: archive.attribution || escape(config.attribution)
			}, theme, page.language.value), theme);
		});
	}
	async foreign(address) {
		if (this.config.kind === "raster") return this.raster(address);
		const answer = await this.reach(address);
		if (!answer.ok) throw new Error(`map style: ${answer.status}`);
		const text = await answer.text();
		return styleIn(new URL(address).origin === location.origin ? text.replaceAll(ownPrefix, at("")) : text);
	}
	async raster(address) {
		await this.reach(address.replace(/\{[zxy]\}/g, "0").replace("{ratio}", ""));
		return {
			version: 8,
			sources: { raster: {
				type: "raster",
				tiles: [address],
				tileSize: 256,
				attribution: escape(this.config.attribution)
			} },
			layers: [{
				id: "raster",
				type: "raster",
				source: "raster"
			}]
		};
	}
	reach(address) {
		const { url, headers } = this.page.request(address);
		return fetch(url, {
			headers,
			credentials: "omit",
			referrerPolicy: "no-referrer"
		});
	}
};
function styleIn(text) {
	const style = JSON.parse(text);
	if (!Array.isArray(style?.layers)) throw new Error("this is no map style");
	return style;
}
function whole(address) {
	return /^[a-z]+:/i.test(address) ? address : at(address);
}
function escape(text) {
	const element = document.createElement("span");
	element.textContent = text;
	return element.innerHTML;
}
// src/track/map.ts
var id = "courier";
var reach = 50;
var smallest = 14;
var nearest = 16.5;
var TrackMap = class {
	camera;
	map;
	markers;
	area = element("area");
	pin = element("pin");
	last;
	destination;
	touched = false;
	moved;
	woke = () => document.hidden || this.markers.settle();
	constructor(container, theme, request, moved) {
		this.moved = moved;
		this.markers = new Markers(oneColor(theme));
		this.map = openMap(container, theme, request);
		this.camera = new Camera(this.map, () => this.loosen(true));
		this.map.getCanvasContainer().append(this.area, this.pin);
		keepAbove(this.map, this.markers);
		this.map.on("render", () => this.put());
		this.map.on("zoomstart", (event) => "originalEvent" in event && event.originalEvent !== void 0 && this.loosen(true));
		for (const event of ["webglcontextlost", "webglcontextrestored"]) this.map.on(event, () => this.markers.forget());
		this.map.on("resize", () => this.frame(0));
		document.addEventListener("visibilitychange", this.woke);
	}
	ground(style, theme) {
		lay(this.map, style, this.markers);
		this.tint(theme);
	}
	tint(theme) {
		this.markers.paint = {
			...oneColor(theme),
			stale: this.markers.paint.stale
		};
		this.map.triggerRepaint();
	}
	attribute() {
		attribute(this.map);
	}
	showCity() {}
	speak(label) {
		this.map.getCanvas().setAttribute("aria-label", label);
	}
	leave(covered) {
		this.camera.inset = covered;
		this.frame(0);
	}
	show(destination, seen) {
		const news = seen === void 0 !== (this.last === void 0) || destination?.lat !== this.destination?.lat || destination?.lon !== this.destination?.lon;
		this.destination = destination;
		if (seen) this.move(seen);
		else if (this.last) this.forget();
		this.put();
		if (news || !this.fits()) this.frame(news && this.camera.placed ? void 0 : 0);
	}
	stale(stale) {
		this.markers.paint.stale = stale;
		this.map.getContainer().classList.toggle("stale", stale);
		this.map.triggerRepaint();
	}
	showBoth() {
		this.loosen(false);
		this.frame();
	}
	remove() {
		this.forget();
		this.map.remove();
		document.removeEventListener("visibilitychange", this.woke);
	}
	get courier() {
		const at = this.markers.at(id);
		return at && this.last && {
			...this.project(at),
			exact: this.last.exact
		};
	}
	get settled() {
		return this.map.loaded() && !this.map.isMoving() && this.map.getLayer(this.markers.id) !== void 0;
	}
	move(seen) {
		if (this.last?.stamp === seen.stamp && this.last.exact === seen.exact && this.last.lat === seen.lat && this.last.lon === seen.lon) return;
		const next = {
			lat: seen.lat,
			lon: seen.lon,
			heading: null,
			speed: null,
			stamp: seen.stamp,
			interval: null
		};
		const to = place(seen.lat, seen.lon);
		const from = this.markers.at(id) ?? to;
		const gap = this.last ? seen.stamp - this.last.stamp : 0;
		const went = motion(this.last?.exact === seen.exact ? this.last : void 0, next);
		this.markers.put(id, {
			...seen,
			...went,
			silent: false
		}, document.hidden ? 0 : glide(from, to, seen.lat, gap));
		this.markers.hide(() => !seen.exact);
		this.last = {
			...next,
			...went,
			exact: seen.exact
		};
	}
	forget() {
		this.markers.remove(id);
		this.markers.wipe();
		this.last = void 0;
		this.map.triggerRepaint();
	}
	put() {
		const at = this.markers.at(id);
		const blurred = at !== void 0 && this.last !== void 0 && !this.last.exact;
		this.area.hidden = !blurred;
		if (blurred) {
			const step = 512 * 2 ** this.map.getZoom() / world;
			const radius = Math.max(smallest, reach / metresPerStep(this.last.lat) * step);
			this.area.style.setProperty("--radius", `${radius.toFixed(1)}px`);
			translate(this.area, this.project(at));
		} else this.area.removeAttribute("style");
		this.pin.hidden = this.destination === void 0;
		if (this.destination) translate(this.pin, this.map.project([this.destination.lon, this.destination.lat]));
	}
	project(at) {
		const { lat, lon } = degrees$1(at);
		const { x, y } = this.map.project([lon, lat]);
		return {
			x,
			y
		};
	}
	spots() {
		return [this.destination, this.last].filter((each) => each !== void 0);
	}
	fits() {
		const { left, right, top, bottom } = this.camera.inset;
		const { clientWidth, clientHeight } = this.map.getContainer();
		const free = ({ x, y }) => x >= left && x <= clientWidth - right && y >= top && y <= clientHeight - bottom;
		return this.spots().every(({ lat, lon }) => free(this.map.project([lon, lat]))) && this.camera.closest(this.spots(), nearest) - this.map.getZoom() < 1;
	}
	frame(milliseconds) {
		if (!this.touched) this.camera.fit(this.spots(), milliseconds, nearest);
	}
	loosen(touched) {
		if (this.touched === touched) return;
		this.touched = touched;
		this.moved(touched);
	}
};
function oneColor(theme) {
	const colors = paint(theme);
	return {
		...colors,
		stopped: colors.moving
	};
}
function element(name) {
	const made = document.createElement("div");
	made.className = name;
	made.hidden = true;
	return made;
}
function translate({ style }, { x, y }) {
	style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
}
export { Ground, TrackMap };
