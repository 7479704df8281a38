import type { Comparison } from '../compare/compare';
import { rulePath } from '../compare/diff';
import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { isWithin } from '../../terraform-json/paths';
import { notIgnored } from '../compare/ignored';
import { propertyOf, setBack } from '../compare/undo';
import type { Remedy, Trap } from '../model';
import type { Resource } from '../read/program';
import type { ResourceChange } from './resource-change';
import { trapAt } from './trap-at';

/** A rule for changes that look correct, and pass the plan, but fail in the apply. */
interface TrapRule {
  readonly types: readonly string[];
  /** The attributes involved: the rule applies if one of them changes, or if the resource is new. */
  readonly watches: readonly string[];
  /** Finds the attributes that make the apply fail. */
  readonly check: (head: JsonObject, comparison: Comparison) => Fault[];
  readonly source: string;
  /** Whether only an update fails, and not the creation of a resource. */
  readonly inUpdate: boolean;
}

/** An attribute that makes an apply fail. */
interface Fault {
  readonly attribute: string;
  readonly text: string;
  readonly remedies: (resource: Resource) => readonly Remedy[];
}

/** The features of a registry that need the Premium SKU, with functions that tell whether one is requested. */
const PREMIUM: Readonly<Record<string, (registry: JsonObject) => boolean>> = {
  data_endpoint_enabled: isOn,
  encryption: isSet,
  export_policy_enabled: isOff,
  georeplications: isSet,
  network_rule_set: isSet,
  public_network_access_enabled: isOff,
  quarantine_policy_enabled: isOn,
  retention_policy_in_days: isSet,
  trust_policy_enabled: isOn,
  zone_redundancy_enabled: isOn,
};

const RULES: readonly TrapRule[] = [
  {
    types: ['azurerm_container_registry'],
    watches: ['sku', 'anonymous_pull_enabled', ...Object.keys(PREMIUM)],
    source: 'azurerm 4.55.0: containers/container_registry_resource.go',
    inUpdate: false,
    check: (head) => {
      const sku = textAt(head, 'sku');
      if (sku === undefined || isExpression(sku) || sku === 'Premium') {
        return [];
      }
      const premium = Object.keys(PREMIUM).filter((name) => PREMIUM[name]?.(pick(head, name)));
      const anonymous = sku === 'Basic' && isOn(pick(head, 'anonymous_pull_enabled')) ? ['anonymous_pull_enabled'] : [];
      return [...premium, ...anonymous].map((attribute) => ({
        attribute,
        text: `a ${sku} registry does not support this: the apply fails, if not the plan`,
        remedies: (resource) => [
          {
            text: `to apply it, set ${propertyOf(resource, 'sku')} to`,
            code: anonymous.includes(attribute) ? 'Standard or Premium' : 'Premium',
          },
          { text: 'or leave out', code: propertyOf(resource, attribute) },
        ],
      }));
    },
  },
  {
    types: ['azurerm_kubernetes_cluster'],
    watches: ['default_node_pool.node_count'],
    source: 'azurerm 4.55.0: containers/kubernetes_nodepool.go',
    inUpdate: true,
    check: (head, { base }) => {
      if (base === undefined || textAt(head, 'default_node_pool.auto_scaling_enabled') !== 'true') {
        return [];
      }
      return [
        {
          attribute: 'default_node_pool.node_count',
          text: 'the node count cannot be changed while the autoscaler manages it: the plan succeeds, and the apply fails',
          remedies: (resource) => [
            { text: 'to apply it, leave out', code: propertyOf(resource, 'default_node_pool.node_count') },
            { text: 'or ignore it', code: 'lifecycle.ignore_changes = ["default_node_pool[0].node_count"]' },
          ],
        },
      ];
    },
  },
  {
    types: ['kubernetes_service', 'kubernetes_service_v1'],
    watches: ['spec.ip_families'],
    source: 'Kubernetes API: Service',
    inUpdate: true,
    check: (head, { base }) => {
      const [old, now] = [listAt(base?.attributes, 'spec.ip_families')[0], listAt(head, 'spec.ip_families')[0]];
      if (old === undefined || now === undefined || old === now) {
        return [];
      }
      return [
        {
          attribute: 'spec.ip_families',
          text: 'the API server refuses to change the primary address family of an existing service',
          remedies: (resource) => [
            setBack('to apply it', resource, 'spec.ip_families', [old]),
            { text: 'or rename the service, which creates a new one' },
          ],
        },
      ];
    },
  },
];

/** The traps of a new, changed or recreated resource. */
export function trapsOf({ lost, forgotten, pair, prediction }: ResourceChange): readonly Trap[] {
  return forgotten ? [] : [...(lost ? [] : prediction.traps), ...trapsByRule(pair, lost)];
}

function trapsByRule(comparison: Comparison, isRecreated: boolean): Trap[] {
  const { base, head, findings } = comparison;
  if (head === undefined) {
    return [];
  }
  const changed = notIgnored(head, findings).map(({ path }) => rulePath(path));
  return RULES.filter(({ types, watches, inUpdate }) => {
    const watched = () => watches.some((name) => changed.some((path) => isWithin(path, name)));
    const isNew = base === undefined || isRecreated;
    return types.includes(head.type) && (isNew ? !inUpdate : watched());
  }).flatMap(({ check, source }) =>
    check(head.attributes, comparison).map(({ attribute, text, remedies }) =>
      trapAt(head, { attribute, text, remedies: remedies(head), source }),
    ),
  );
}

function pick(object: JsonObject, name: string): JsonObject {
  const value = at(object, name);
  return value === undefined ? {} : { value };
}

function isOn({ value }: JsonObject): boolean {
  return String(value) === 'true';
}

function isOff({ value }: JsonObject): boolean {
  return String(value) === 'false';
}

function isSet({ value }: JsonObject): boolean {
  return value !== undefined && !(Array.isArray(value) && blocks(value).length === 0) && String(value) !== '0';
}
