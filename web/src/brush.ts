// What the couriers' layer holds in the GPU: a program, a buffer and the way
// to draw them. It lives as long as the WebGL context it was made for.

import type { CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import { place, world } from './mercator.ts';
import { fragment, record, vertex } from './shader.ts';

/** Red, green and blue, 0 to 1 each. */
export type Color = readonly [number, number, number];

export interface Paint {
  moving: Color;
  stopped: Color;
  silent: Color;
  ground: Color;
  accent: Color;
  stale: boolean;
}

const stride = record.words * 4; // bytes

export class Brush {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly array: WebGLVertexArrayObject;
  private readonly buffer: WebGLBuffer;
  private capacity = 0; // bytes that the GPU's buffer has

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.program = link(gl);
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    this.attribute('a_from', 2, record.fromX, gl.UNSIGNED_INT);
    this.attribute('a_to', 2, record.toX, gl.UNSIGNED_INT);
    this.attribute('a_time', 2, record.start, gl.FLOAT);
    this.attribute('a_heading', 2, record.turnFrom, gl.FLOAT);
    this.attribute('a_look', 1, record.look, gl.UNSIGNED_INT);
    this.attribute('a_offset', 2, record.offsetX, gl.FLOAT);
    gl.bindVertexArray(null);
  }

  /** Brings the changed slots of the records to the GPU, or all when it has none. */
  load(records: Uint32Array, changed: { from: number; to: number }, count: number): void {
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

  draw(map: MapLibre, input: CustomRenderMethodInput, paint: Paint, count: number, now: number): void {
    const { gl } = this;
    gl.useProgram(this.program);
    this.place(map, input);
    gl.uniform1f(this.uniform('u_now'), now);
    for (const name of ['moving', 'stopped', 'silent', 'ground', 'accent'] as const) {
      gl.uniform3fv(this.uniform(`u_${name}`), paint[name]);
    }
    gl.uniform1f(this.uniform('u_stale'), paint.stale ? 1 : 0);
    gl.bindVertexArray(this.array);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    gl.bindVertexArray(null);
  }

  free(): void {
    this.gl.deleteProgram(this.program);
    this.gl.deleteVertexArray(this.array);
    this.gl.deleteBuffer(this.buffer);
  }

  /** Tells the program where the map is, relative to its centre so that float32 is enough. */
  private place(map: MapLibre, input: CustomRenderMethodInput): void {
    const { gl } = this;
    const { lng, lat } = map.getCenter();
    const centre = place(lat, lng);
    const turns = Math.floor(lng / 360 + 0.5); // worlds that the map was dragged away from the first
    const matrix = around(input.defaultProjectionData.mainMatrix, centre.x / world + turns, centre.y / world);
    const { clientWidth, clientHeight } = map.getCanvas();
    const size = sizeAt(map.getZoom());
    gl.uniformMatrix4fv(this.uniform('u_matrix'), false, matrix);
    gl.uniform2ui(this.uniform('u_centre'), centre.x, centre.y);
    gl.uniform2f(this.uniform('u_unit'), (2 * size) / clientWidth, (-2 * size) / clientHeight);
    gl.uniform1f(this.uniform('u_pixel'), clientWidth / (gl.drawingBufferWidth * size));
    gl.uniform1f(this.uniform('u_bearing'), (map.getBearing() * Math.PI) / 180);
  }

  private attribute(name: string, size: number, word: number, type: GLenum): void {
    const { gl } = this;
    const location = gl.getAttribLocation(this.program, name);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribDivisor(location, 1);
    if (type === gl.FLOAT) gl.vertexAttribPointer(location, size, type, false, stride, word * 4);
    else gl.vertexAttribIPointer(location, size, type, stride, word * 4);
  }

  private uniform(name: string): WebGLUniformLocation | null {
    return this.gl.getUniformLocation(this.program, name);
  }
}

/** Couriers are whole from zoom 12.8 on, and smaller where the map shows much more than a town. */
export function sizeAt(zoom: number): number {
  return Math.max(0.7, Math.min(1, 1 - (12.8 - zoom) * 0.16));
}

/** The matrix for mercator integers counted from the centre; made in float64, so that nothing shakes. */
function around(matrix: ArrayLike<number>, x: number, y: number): Float32Array {
  const out = new Float32Array(16);
  for (let row = 0; row < 4; row++) {
    const [a, b, c, d] = [matrix[row]!, matrix[row + 4]!, matrix[row + 8]!, matrix[row + 12]!];
    out[row] = a / world;
    out[row + 4] = b / world;
    out[row + 8] = c;
    out[row + 12] = a * x + b * y + d;
  }
  return out;
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(type);
    if (!shader) continue; // the context is lost; a new brush comes with the next one
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) || gl.isContextLost()) return program;
  throw new Error(`link the couriers' program: ${gl.getProgramInfoLog(program)}`);
}
