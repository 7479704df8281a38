/** The classes whose gateways run as pods in the namespace of the Gateway, and read certificates from a Key Vault on AKS. */
export const ISTIO_CLASSES: readonly string[] = ['approuting-istio', 'istio'];

/** The label of the pods of a gateway, with its name. */
export const GATEWAY_NAME_LABEL = 'gateway.networking.k8s.io/gateway-name';

/** Whether the gateways of a class run as pods in the namespace of the Gateway. */
export function hasOwnPods(gatewayClassName: string | undefined): boolean {
  return gatewayClassName !== undefined && ISTIO_CLASSES.includes(gatewayClassName);
}
