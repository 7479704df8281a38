import type { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { Construct } from 'constructs';
import { addChild } from '../core/names/add-child';
import { networkPartName } from '../azure/resource-name-rules';
import { securityGroups } from './late-bindings';
import { securityRulePorts, securityRulePriority } from './network-value-rules';
import { azureNames } from '../azure/azure-names';
import { derivedPriority, OTHERS, priorityProblems, type RulePriorities } from './security-rule-priority';
import { emptyProblems } from '../core/rules/restriction';
import { check, checkEach } from '../core/rules/rule';
import { isKnown } from '../core/values/known';
import { claimUnique } from '../core/names/unique';
import type { IResourceGroupRef } from '../azure/resource-group';
import type { TrafficSource } from './traffic-source';
import type { Violation } from '../core/problems/violation';
import { reportProblems } from '../core/problems/report';

/** Options of an inbound rule. */
export interface InboundRuleOptions {
  /**
   * The name of the rule in Azure.
   *
   * @default - the id
   */
  readonly ruleName?: string;
  /**
   * The priority of the rule, 100 to 4096, where lower numbers come first; up to 2048 with `denyOthers`.
   *
   * @default - derived from the id, so that it does not change when other rules are added. Two ids can result in the
   *   same
   * number, which is a problem that names both: give one of them a priority
   */
  readonly priority?: number;
  /**
   * Whether other traffic from the source is denied, which Azure otherwise allows from peered networks. It also denies
   * traffic through internal load balancers on other ports.
   *
   * @default false
   */
  readonly denyOthers?: boolean;
}

/** Properties of an inbound rule. */
export interface InboundRuleProps extends InboundRuleOptions {
  /** The source of the traffic, such as `TrafficSource.internet()`. */
  readonly source: TrafficSource;
  /** The ports, such as "443" or "30000-32767"; behind a load balancer, those of the Service. */
  readonly ports: string[];
}

interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly access: string;
  readonly ports: readonly string[];
}

/** The security group of the nodes. Each rule is a separate resource, so that adding one changes no other. */
export class NodeSecurityGroup extends Construct {
  private readonly resource: NetworkSecurityGroup;
  private readonly priorities = new Map<string, RulePriorities>();

  constructor(
    scope: Construct,
    id: string,
    private readonly group: IResourceGroupRef,
    private readonly settings: { readonly groupName: string; readonly ownRanges: readonly string[] },
  ) {
    super(scope, id);
    const { NetworkSecurityGroup } = securityGroups();
    this.resource = new NetworkSecurityGroup(this, 'Resource', {
      name: settings.groupName,
      resourceGroupName: group.name,
      location: group.location,
    });
    reportProblems(this, () => priorityProblems(this.priorities));
  }

  public get securityGroupId(): string {
    return this.resource.id;
  }

  public allowInbound(id: string, props: InboundRuleProps): void {
    addChild(this, id, 'inbound rule', Construct, (ownId) => this.createRules(ownId, props));
  }

  private createRules(id: string, props: InboundRuleProps): Construct {
    const { ruleName: name = id, priority = derivedPriority(id), ports, source } = props;
    // a token cannot be added to
    const others =
      props.denyOthers === true ? OTHERS + (isKnown(priority) ? priority : derivedPriority(id)) : undefined;
    this.priorities.set(id, { priority, others });
    const rules = new Construct(this, id);
    this.claimName(rules, name);
    this.addRule(rules, 'allow', { name, priority, access: 'Allow', ports }, source);
    if (others !== undefined) {
      this.claimName(rules, `${name}-others`);
      this.addRule(rules, 'others', { name: `${name}-others`, priority: others, access: 'Deny', ports: ['*'] }, source);
    }
    reportProblems(this, () => this.ruleProblems(id, { ...props, ruleName: name, priority }));
    return rules;
  }

  private ruleProblems(id: string, { ruleName, priority, ports, source, denyOthers }: InboundRuleProps): Violation[] {
    return [
      ...check(networkPartName, `${id}.ruleName`, ruleName),
      ...check(securityRulePriority, `${id}.priority`, priority),
      ...checkEach(securityRulePorts, `${id}.ports`, ports),
      ...emptyProblems(`${id}.ports`, ports, 'port', "such as '443'"),
      ...source._problems(`${id}.source`),
      ...(denyOthers === true ? source._denialProblems(`${id}.denyOthers`, this.settings.ownRanges) : []),
    ];
  }

  private claimName(rules: Construct, name: string): void {
    claimUnique(rules, 'ruleName', azureNames.securityRule(name, this.securityGroupId));
  }

  private addRule(scope: Construct, id: string, { ports, ...rule }: SecurityRule, source: TrafficSource): void {
    const { NetworkSecurityRule } = securityGroups();
    new NetworkSecurityRule(scope, id, {
      ...rule,
      resourceGroupName: this.group.name,
      // the attribute and not the text, so that the group is created first
      networkSecurityGroupName: this.resource.name,
      direction: 'Inbound',
      protocol: '*',
      sourcePortRange: '*',
      ...(isKnown(ports) && ports.length === 1
        ? { destinationPortRange: ports[0] }
        : { destinationPortRanges: [...ports] }),
      ...source._prefixes,
      // behind a load balancer, the destination is the public address
      destinationAddressPrefix: '*',
    });
  }
}
