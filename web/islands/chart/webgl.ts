/** What sigma hands a program when it draws; sigma does not export the name. */

export interface ProgramInfo {
  gl: WebGLRenderingContext | WebGL2RenderingContext;
  uniformLocations: Record<string, WebGLUniformLocation>;
}

/** Whether the browser draws in software: then fewer pixels and no links while moving. */
export function drawsInSoftware(canvas: HTMLCanvasElement | undefined): boolean {
  const gl = canvas?.getContext("webgl2") ?? canvas?.getContext("webgl");
  const names = gl?.getExtension("WEBGL_debug_renderer_info");
  const renderer = String(gl?.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER) ?? "");
  return /swiftshader|llvmpipe|software|basic render/i.test(renderer);
}
