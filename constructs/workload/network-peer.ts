import type { NetworkPolicyV1SpecEgressTo } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import { type IResolvable, Lazy } from 'cdktf';
import { checkArguments } from '../core/declared';
import type { Violation } from '../core/problems/violation';
import { check, checkGiven } from '../core/rules/rule';
import { namespaceName } from '../kubernetes/kubernetes-rules';
import { selectorProblems } from '../kubernetes/selector-problems';
import { sourceRange } from './exposure/exposure-rules';

/** The parts of a peer of a network policy. */
interface PeerParts {
  readonly labels?: { readonly [label: string]: string };
  readonly namespace?: string;
  readonly namespaceLabels?: { readonly [label: string]: string };
  readonly range?: string;
  readonly except?: string[];
  readonly isAnyone?: boolean;
}

/**
 * The public IPv6 addresses.
 *
 * @see https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml
 */
const PUBLIC_IPV6 = '2000::/3';

/** The ranges of IPv4 addresses that are not public. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16'];

/**
 * The other side of a connection that a network policy allows.
 *
 * @example
 * workload.allowTo(NetworkPeer.ipRange('10.9.0.4/32'), 5432);
 * workload.allowFrom(NetworkPeer.namespace('ingress-nginx'), 8080);
 */
export class NetworkPeer {
  /**
   * Pods with labels, such as those of an ingress controller.
   *
   * @param labels The labels of the pods, at least one; for all pods of a namespace, see `namespace`
   * @param namespaceName The name of their namespace; that of the workload if omitted
   */
  public static pods(labels: { readonly [label: string]: string }, namespaceName?: string): NetworkPeer {
    return new NetworkPeer({ labels, namespace: namespaceName });
  }

  /**
   * All pods of a namespace.
   *
   * @param namespaceName The name of the namespace, such as "ingress-nginx"
   */
  public static namespace(namespaceName: string): NetworkPeer {
    return new NetworkPeer({ namespace: namespaceName });
  }

  /**
   * All pods of the namespaces with certain labels, such as those of a team.
   *
   * @param labels The labels of the namespaces, at least one
   */
  public static namespaces(labels: { readonly [label: string]: string }): NetworkPeer {
    return new NetworkPeer({ namespaceLabels: labels });
  }

  /**
   * Addresses outside the cluster. Network policies do not support host names.
   *
   * @param range A range in CIDR notation, such as "10.1.0.4/32"
   */
  public static ipRange(range: string): NetworkPeer {
    return new NetworkPeer({ range });
  }

  /**
   * All public IPv4 addresses, such as those of Azure's services, and also IPv6 addresses if the program knows that the
   * network of the cluster has `dualStack`. `NetworkPeer.ipRange('2000::/3')` contains all public IPv6 addresses.
   */
  public static internet(): NetworkPeer {
    return new NetworkPeer({ range: '0.0.0.0/0', except: PRIVATE_RANGES });
  }

  /** All callers, from inside and outside of the cluster, where the latter have the addresses of nodes. @internal */
  public static _anyone(): NetworkPeer {
    return new NetworkPeer({ isAnyone: true });
  }

  private constructor(private readonly parts: PeerParts) {}

  /** Whether it includes all callers. @internal */
  public get _isAnyone(): boolean {
    return this.parts.isAnyone === true;
  }

  /** Whether it can contain hosts outside the cluster. @internal */
  public get _isOutside(): boolean {
    return this.parts.range !== undefined;
  }

  /** Whether it can contain hosts outside the cluster whose addresses are not public. @internal */
  public get _mayBePrivate(): boolean {
    return this._isOutside && this.parts.except === undefined;
  }

  /**
   * The peer in a network policy, which may need several entries.
   *
   * @param isDualStack Whether pods also have IPv6 addresses, which is known when the program is complete
   * @internal
   */
  public _render(ownNamespace: string, isDualStack: () => boolean): NetworkPolicyV1SpecEgressTo[] | IResolvable {
    const { range, except } = this.parts;
    if (range === undefined) {
      return [this.podsOf(ownNamespace)];
    }
    return except === undefined
      ? [{ ipBlock: { cidr: range } }]
      : Lazy.anyValue({
          // with the names of Terraform's JSON
          produce: () => [
            { ip_block: { cidr: range, except } },
            ...(isDualStack() ? [{ ip_block: { cidr: PUBLIC_IPV6 } }] : []),
          ],
        });
  }

  private podsOf(ownNamespace: string): NetworkPolicyV1SpecEgressTo {
    const { labels, namespace, namespaceLabels } = this.parts;
    if (namespaceLabels !== undefined) {
      return { namespaceSelector: { matchLabels: namespaceLabels } };
    }
    return {
      ...(labels === undefined ? {} : { podSelector: { matchLabels: labels } }),
      ...(labels !== undefined && (namespace === undefined || namespace === ownNamespace)
        ? {}
        : { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace ?? ownNamespace } } }),
    };
  }

  /** @internal */
  public _problems(property: string): Violation[] {
    const { labels, namespace, namespaceLabels, range, except } = this.parts;
    if (this._isAnyone) {
      return [];
    }
    if (namespaceLabels !== undefined) {
      return selectorProblems(`${property}.labels`, namespaceLabels, 'specify the namespaces');
    }
    return [
      ...(labels === undefined
        ? []
        : selectorProblems(`${property}.labels`, labels, 'use NetworkPeer.namespace(...) for all pods of a namespace')),
      ...(labels === undefined && range === undefined
        ? checkGiven(namespaceName, `${property}.namespaceName`, namespace)
        : check(namespaceName, `${property}.namespaceName`, namespace)),
      ...(except === undefined ? check(sourceRange, `${property}.range`, range) : []),
    ];
  }
}

checkArguments(NetworkPeer);
