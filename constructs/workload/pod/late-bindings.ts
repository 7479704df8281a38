/*
 * Bindings that few programs need, loaded on demand.
 */

type ConfigMaps = typeof import('@cdktf/provider-kubernetes/lib/config-map-v1');
type Secrets = typeof import('@cdktf/provider-kubernetes/lib/secret-v1');

export const configMaps = (): ConfigMaps => require('@cdktf/provider-kubernetes/lib/config-map-v1') as ConfigMaps;

export const secrets = (): Secrets => require('@cdktf/provider-kubernetes/lib/secret-v1') as Secrets;
