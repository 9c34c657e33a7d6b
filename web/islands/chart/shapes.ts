/** How nodes are drawn: a shape for each schema, filled if registered, a ring if merely named in reports. */
import type Sigma from "sigma";
import { NodeProgram } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { LinkData, NodeData } from "./network";
import type { ProgramInfo } from "./webgl";

export interface Drawn extends NodeDisplayData {
  shape: number;
  fill: string;
  halo: string;
}

const VERTEX = `
attribute vec4 a_color;
attribute vec4 a_fill;
attribute vec4 a_halo;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute float a_angle;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_fill;
varying vec4 v_halo;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
const float bias = 255.0 / 254.0;
void main() {
  v_radius = a_size / u_sizeRatio;
  // Twice the inner circle of a triangle reaches its corners; the corners of the shapes need a little more.
  v_at = (v_radius * 1.35 + 1.5) * 2.0 * vec2(cos(a_angle), sin(a_angle));
  vec2 position = a_position + v_at * 2.0 * u_correctionRatio;
  gl_Position = vec4((u_matrix * vec3(position, 1)).xy, 0, 1);
  v_shape = a_shape;
  v_color = a_color;
  v_color.a *= bias;
  v_fill = a_fill;
  v_halo = a_halo;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_fill;
varying vec4 v_halo;
varying vec2 v_at;
varying float v_radius;
varying float v_shape;
uniform float u_pixelRatio;

float box(vec2 p, vec2 half_size) {
  vec2 q = abs(p) - half_size;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0);
}
float half_plane(vec2 p, float x, float y) {
  return p.x * x + p.y * y;
}
float triangle(vec2 p, float inner) {
  return max(half_plane(vec2(abs(p.x), p.y), 0.8660, 0.5), -p.y) - inner;
}
float pentagon(vec2 p, float inner) {
  p.x = abs(p.x);
  return max(max(half_plane(p, 0.5878, 0.8090), half_plane(p, 0.9511, -0.3090)), -p.y) - inner;
}
float hexagon(vec2 p, float inner) {
  p = abs(p);
  return max(half_plane(p, 0.5, 0.8660), p.x) - inner;
}
// Folded about its axes a star is one edge (after Inigo Quilez, "2D distance functions").
float star(vec2 p, float r) {
  const vec2 k1 = vec2(0.8090, -0.5878);
  const vec2 k2 = vec2(-0.8090, -0.5878);
  p.x = abs(p.x);
  p -= 2.0 * max(dot(k1, p), 0.0) * k1;
  p -= 2.0 * max(dot(k2, p), 0.0) * k2;
  p.x = abs(p.x);
  p.y -= r;
  vec2 edge = 0.5 * vec2(0.5878, 0.8090) - vec2(0.0, 1.0);
  float along = clamp(dot(p, edge) / dot(edge, edge), 0.0, r);
  return length(p - edge * along) * sign(p.y * edge.x - p.x * edge.y);
}
float shape(vec2 p, float r) {
  if (v_shape < 0.5) return length(p) - r;
  if (v_shape < 1.5) return box(p, vec2(0.87 * r));
  if (v_shape < 2.5) return triangle(-p + vec2(0.0, 0.12 * r), 0.64 * r);
  if (v_shape < 3.5) return box(p, vec2(1.14 * r, 0.66 * r));
  if (v_shape < 4.5) return pentagon(p, 0.9 * r);
  if (v_shape < 5.5) return hexagon(p, 0.92 * r);
  if (v_shape < 6.5) return (abs(p.x) + abs(p.y) - 1.22 * r) * 0.7071;
  if (v_shape < 7.5) return star(p, 1.32 * r);
  if (v_shape < 8.5) return triangle(p + vec2(0.0, 0.12 * r), 0.64 * r);
  if (v_shape < 9.5) return box(p, vec2(0.74 * r, 1.08 * r));
  return min(box(p, vec2(1.08 * r, 0.42 * r)), box(p, vec2(0.42 * r, 1.08 * r)));
}
void main() {
  float d = shape(v_at, v_radius);
  float soft = 0.6 / u_pixelRatio;
  float ring = clamp(v_radius * 0.24, 1.1, 2.4);
  vec4 body = mix(v_fill, v_color, smoothstep(-soft, soft, d + ring));
  vec4 whole = mix(body, v_halo, smoothstep(-soft, soft, d));
  gl_FragColor = whole * (1.0 - smoothstep(-soft, soft, d - 1.2));
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_pixelRatio"] as const;
const colour = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

const CORNERS = 3;
/** Numbers to a corner. */
const EACH = 8;

/** Every corner is written out: a renderer in software draws each instance of an instanced drawing by itself. */
export class ShapeProgram extends NodeProgram<(typeof UNIFORMS)[number], NodeData, LinkData> {
  /** Without sigma's second drawing for picking: the view finds who is under the pointer by arithmetic. */
  constructor(gl: WebGLRenderingContext, _picking: WebGLFramebuffer | null, renderer: Sigma<NodeData, LinkData>) {
    super(gl, null, renderer);
  }

  override getDefinition() {
    return {
      VERTICES: CORNERS,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        colour("a_color"),
        colour("a_fill"),
        colour("a_halo"),
        { name: "a_angle", size: 1, type: FLOAT },
      ],
    };
  }

  override processVisibleItem(_index: number, start: number, data: NodeDisplayData): void {
    const { shape, fill, halo } = data as Drawn;
    const { array } = this;
    array[start] = data.x;
    array[start + 1] = data.y;
    array[start + 2] = data.size;
    array[start + 3] = shape;
    array[start + 4] = floatColor(data.color);
    array[start + 5] = floatColor(fill);
    array[start + 6] = floatColor(halo);
    array[start + 7] = 0;
    for (let corner = 1; corner < CORNERS; corner++) {
      const at = start + corner * EACH;
      array.copyWithin(at, start, start + EACH);
      array[at + 7] = (corner * 2 * Math.PI) / CORNERS;
    }
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniform1f(uniformLocations["u_pixelRatio"] ?? null, params.pixelRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
  }
}
