/*
 * A binding that few programs need, loaded on demand.
 */

type Ingresses = typeof import('@cdktf/provider-kubernetes/lib/ingress-v1');

export const ingresses = (): Ingresses => require('@cdktf/provider-kubernetes/lib/ingress-v1') as Ingresses;
