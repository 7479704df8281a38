/*
 * Bindings that few programs need, loaded by those alone.
 */

type Ingresses = typeof import('@cdktf/provider-kubernetes/lib/ingress-v1');
type Manifests = typeof import('@cdktf/provider-kubernetes/lib/manifest');

export const ingresses = (): Ingresses => require('@cdktf/provider-kubernetes/lib/ingress-v1') as Ingresses;

export const manifests = (): Manifests => require('@cdktf/provider-kubernetes/lib/manifest') as Manifests;
