import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, listsAt, textAt, type JsonObject } from '../../terraform-json/json';
import { labelOf } from '../names/label';
import { present } from '../names/present';
import type { Resource } from '../read/program';
import { endpointRules } from './azure-endpoints';
import { ONLY_SOME, fromInternet, fromNetwork, fromSources, dependsOn, type EntryPoint } from './entry-point';
import { limitsOf } from './limits';
import { parseSource } from './source';

/** The authorized ranges; the second name is that of version 3 of the provider. */
const AUTHORIZED_RANGES = ['api_server_access_profile.authorized_ip_ranges', 'api_server_authorized_ip_ranges'];

/** The API server of a cluster. */
export function apiServer(given: JsonObject, resource: Resource): EntryPoint {
  const subject = {
    key: 'api',
    what: `API server of ${labelOf(resource)}`,
    by: [
      'api_server_access_profile',
      'authorized_ip_ranges',
      'api_server_authorized_ip_ranges',
      'private_cluster_enabled',
    ],
    limit: { text: ONLY_SOME, argument: 'api_server_access_profile.authorized_ip_ranges' },
  };
  const isPrivate = at(given, 'private_cluster_enabled');
  if (isExpression(isPrivate)) {
    return dependsOn(subject, isPrivate);
  }
  const ranges = listsAt(given, AUTHORIZED_RANGES);
  return String(isPrivate) === 'true' ? fromNetwork(subject, 'the virtual network') : fromSources(subject, ranges);
}

/** The public addresses of the nodes of a pool. */
export function nodeAddresses(given: JsonObject, resource: Resource, prefix: string): EntryPoint[] {
  const isPublic = textAt(given, `${prefix}node_public_ip_enabled`) === 'true';
  const subject = { key: 'nodes', what: `nodes of ${labelOf(resource)}`, by: ['node_public_ip_enabled'] };
  return isPublic ? [fromInternet(subject, 'the internet, at an address for every node')] : [];
}

/** An Azure endpoint, which is public by default; its clients have to authenticate. */
export function endpoint(given: JsonObject, resource: Resource, place: string): EntryPoint {
  const subject = {
    key: 'endpoint',
    what: labelOf(resource),
    by: ['public_network_access_enabled', place],
    limit: { text: 'deny by default (default_action), and list the allowed sources in', argument: place },
  };
  const isPublic = at(given, 'public_network_access_enabled');
  if (isExpression(isPublic)) {
    return dependsOn(subject, isPublic);
  }
  return String(isPublic) === 'false'
    ? fromNetwork(subject, 'private endpoints')
    : endpointRules(subject, blocks(given[place])[0] ?? {});
}

/** An inbound rule of a network security group. */
export function securityRule(given: JsonObject): EntryPoint[] {
  const [direction, access] = ['direction', 'access'].map((name) => textAt(given, name) ?? '');
  if (direction === 'Outbound') {
    return [];
  }
  const name = `rule ${textAt(given, 'name') ?? ''}`.trim();
  const subject = { key: name, what: name, limit: { text: ONLY_SOME, argument: 'source_address_prefixes' } };
  const sources = listsAt(given, ['source_address_prefix', 'source_address_prefixes']);
  const targets = listsAt(given, ['destination_address_prefix', 'destination_address_prefixes']);
  const suffix = trafficOf(given, targets.some((target) => target !== '*') ? `to ${targets.join(', ')}` : '');
  const compared = comparedOf(given, [...targets, ...listAt(given, 'destination_application_security_group_ids')]);
  const expressions = [direction, access].filter(isExpression);
  if (expressions.length > 0) {
    return [dependsOn(subject, expressions.join(' and '), suffix)];
  }
  if (access === 'Deny') {
    const text = `denied from ${sources.join(', ')}${suffix}`;
    const denial = { ...subject, key: `${name}, denied`, text, isDenial: true as const };
    return [{ ...denial, ...compared, sources: sources.map(parseSource) }];
  }
  const groups = listAt(given, 'source_application_security_group_ids');
  return sources.length === 0
    ? [
        {
          ...fromNetwork(subject, `${groups.join(', ') || 'application security groups'}${suffix}`),
          ...compared,
          sources: groups.map(parseSource),
        },
      ]
    : [{ ...fromSources(subject, sources, suffix), ...compared, ports: portsOf(given) }];
}

/** The destination ports of a rule of a network security group. */
export function portsOf(given: JsonObject): string[] {
  return listsAt(given, ['destination_port_range', 'destination_port_ranges']);
}

/** The properties of a rule that are compared besides its sources: the traffic that it matches, and other texts. */
export function comparedOf(given: JsonObject, ends: readonly string[]): Pick<EntryPoint, 'limits' | 'rest'> {
  const others = ['source_port_range', 'source_port_ranges', 'priority'].map((name) => listAt(given, name).join(', '));
  return { limits: limitsOf(portsOf(given), listAt(given, 'protocol'), ends), rest: present(...others).join('; ') };
}

/** The description of the traffic that a rule matches: ports, protocol, priority and the other end. */
export function trafficOf(given: JsonObject, end: string): string {
  const sources = listsAt(given, ['source_port_range', 'source_port_ranges']);
  const [protocol, priority] = [textAt(given, 'protocol'), textAt(given, 'priority')];
  return present(
    `, port ${portsOf(given).join(', ') || 'any'}`,
    sources.some((port) => port !== '*') && `from port ${sources.join(', ')}`,
    protocol && `protocol ${protocol}`,
    priority && `priority ${priority}`,
    end,
  ).join(', ');
}
