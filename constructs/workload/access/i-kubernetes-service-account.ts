import type { IServiceAccount } from '../../kubernetes/service-account';
import type { KubernetesGrant, KubernetesGrantOptions } from './kubernetes-grant';
import type { KubernetesRole } from './kubernetes-role';

/** A service account that can be given Kubernetes roles. */
export interface IKubernetesServiceAccount extends IServiceAccount {
  /**
   * Lets its pods use the Kubernetes API. They then get a token for it, which other pods do not.
   *
   * @param id The construct id of the grant, below the service account
   * @param role The role, which determines what they may do
   */
  grant(id: string, role: KubernetesRole, options?: KubernetesGrantOptions): KubernetesGrant;
}
