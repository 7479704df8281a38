export { type KubernetesObject, type Manifest, manifestsOf } from './manifest';
export type { JsonObject } from './terraform-json';
export { manifestsYaml } from './yaml';
