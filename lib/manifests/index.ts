export { type KubernetesObject, type Manifest, manifestsOf, type SynthesizedJson } from './manifest';
export { manifestsYaml } from './yaml';
