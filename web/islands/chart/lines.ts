/** How links are drawn: straight, side by side if there are several, whole, dashed or dotted. */
import { EdgeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import type { LinkData, NodeData } from "./network";
import type { View } from "./view";
import type { ProgramInfo } from "./webgl";

export interface DrawnLink extends EdgeDisplayData {
  /** Length of a dash and of a gap (px); 0: a whole line. */
  dash: number;
  gap: number;
  /** How far to the side of the middle (px), seen from the end with the smaller id. */
  aside: number;
}

const VERTEX = `
attribute vec4 a_color;
attribute vec2 a_from;
attribute vec2 a_to;
attribute vec4 a_style;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec2 v_dash;
varying float v_along;
varying float v_across;
varying float v_half;
const float bias = 255.0 / 254.0;
void main() {
  float pixel = 2.0 * u_correctionRatio;
  vec2 way = a_to - a_from;
  float far = max(length(way), 1e-9);
  vec2 side = vec2(-way.y, way.x) / far;
  v_half = max(0.5, 0.5 * a_style.x / sqrt(u_sizeRatio));
  v_across = a_corner.y * (v_half + 1.0);
  v_along = a_corner.x * far / pixel;
  v_dash = a_style.yz;
  vec2 position = mix(a_from, a_to, a_corner.x) + side * (v_across + a_style.w / sqrt(u_sizeRatio)) * pixel;
  gl_Position = vec4((u_matrix * vec3(position, 1)).xy, 0, 1);
  v_color = a_color;
  v_color.a *= bias;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec2 v_dash;
varying float v_along;
varying float v_across;
varying float v_half;
void main() {
  float cover = 1.0 - smoothstep(v_half - 0.5, v_half + 0.5, abs(v_across));
  if (v_dash.x > 0.0) {
    float at = mod(v_along, v_dash.x + v_dash.y);
    cover *= smoothstep(-0.5, 0.5, at) - smoothstep(v_dash.x - 0.5, v_dash.x + 0.5, at);
  }
  gl_FragColor = v_color * cover;
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
const UNIFORMS = ["u_matrix", "u_sizeRatio", "u_correctionRatio"] as const;
const colour = (name: string) => ({ name, size: 4, type: UNSIGNED_BYTE, normalized: true });

/** Of two triangles: along the link and across it. */
const CORNERS = [
  [0, 1],
  [0, -1],
  [1, 1],
  [1, 1],
  [0, -1],
  [1, -1],
] as const;
/** Numbers to a corner. */
const EACH = 11;

/** Every corner is written out: a renderer in software draws each instance of an instanced drawing by itself. */
export class LineProgram extends EdgeProgram<(typeof UNIFORMS)[number], NodeData, LinkData> {
  override getDefinition() {
    return {
      VERTICES: CORNERS.length,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLES,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_from", size: 2, type: FLOAT },
        { name: "a_to", size: 2, type: FLOAT },
        { name: "a_style", size: 4, type: FLOAT },
        colour("a_color"),
        { name: "a_corner", size: 2, type: FLOAT },
      ],
    };
  }

  override processVisibleItem(
    _index: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData,
  ): void {
    const { dash, gap, aside } = data as DrawnLink;
    const { array } = this;
    array[start] = source.x;
    array[start + 1] = source.y;
    array[start + 2] = target.x;
    array[start + 3] = target.y;
    array[start + 4] = data.size;
    array[start + 5] = dash;
    array[start + 6] = gap;
    array[start + 7] = aside;
    array[start + 8] = floatColor(data.color);
    CORNERS.forEach(([along, across], corner) => {
      const at = start + corner * EACH;
      if (corner) array.copyWithin(at, start, start + EACH);
      array[at + 9] = along;
      array[at + 10] = across;
    });
  }

  override render(params: RenderParams): void {
    if (!(this.renderer as View).sparing) super.render(params);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
  }
}
