import { isExpression } from '../../terraform-json/expression';
import { at, blocks, listAt, textAt, type JsonObject } from '../../terraform-json/json';
import { internet, limited, type Way } from './way';

export function apiServer(given: JsonObject): Way {
  const isPrivate = at(given, 'private_cluster_enabled');
  if (isExpression(isPrivate)) {
    return { key: 'api', what: 'API server', reach: undefined, text: `depends on ${isPrivate}` };
  }
  return String(isPrivate) === 'true'
    ? { key: 'api', what: 'API server', reach: 'network', text: 'the virtual network' }
    : limited(
        'api',
        'API server',
        // the second is what the third major version of the provider called it.
        ['api_server_access_profile.authorized_ip_ranges', 'api_server_authorized_ip_ranges'].flatMap((path) =>
          listAt(given, path),
        ),
      );
}

export function nodeAddresses(given: JsonObject, prefix: string): Way[] {
  const enabled = textAt(given, `${prefix}node_public_ip_enabled`) === 'true';
  return enabled ? [internet('nodes', 'nodes', 'a public address for every node')] : [];
}

/** An endpoint of Azure that is public unless it says otherwise; whoever reaches it still has to sign in. */
export function endpoint(what: string, given: JsonObject, rules: string, action: string): Way {
  const open = at(given, 'public_network_access_enabled');
  if (isExpression(open)) {
    return { key: 'endpoint', what, reach: undefined, text: `depends on ${open}` };
  }
  if (String(open) === 'false') {
    return { key: 'endpoint', what, reach: 'network', text: 'private endpoints' };
  }
  const found = at(given, rules);
  const ranges = Array.isArray(found) ? blocks(found).flatMap((rule) => textAt(rule, 'ip_range') ?? []) : [];
  const all = [...ranges, ...listAt(given, rules)];
  const rest = at(given, action);
  if (isExpression(rest)) {
    return { key: 'endpoint', what, reach: undefined, text: `depends on ${rest}` };
  }
  return String(rest) !== 'Deny'
    ? internet('endpoint', what, 'the internet, with credentials')
    : { key: 'endpoint', what, reach: 'ranges', ranges: all, text: `only ${all.join(', ') || 'its own exceptions'}` };
}

export function securityRule(given: JsonObject): Way[] {
  const [direction, access] = ['direction', 'access'].map((name) => textAt(given, name) ?? '');
  if (direction === 'Outbound') {
    return [];
  }
  const sources = [...listAt(given, 'source_address_prefix'), ...listAt(given, 'source_address_prefixes')];
  const ports = [...listAt(given, 'destination_port_range'), ...listAt(given, 'destination_port_ranges')];
  const targets = [...listAt(given, 'destination_address_prefix'), ...listAt(given, 'destination_address_prefixes')];
  const on = [
    `, port ${ports.join(', ') || 'any'}`,
    ...['protocol', 'priority'].flatMap((name) => (textAt(given, name) ? `${name} ${textAt(given, name)}` : [])),
    ...(targets.some((target) => target !== '*') ? [`to ${targets.join(', ')}`] : []),
  ].join(', ');
  const named = `rule ${textAt(given, 'name') ?? ''}`.trim();
  if (isExpression(direction) || isExpression(access)) {
    const text = [direction, access].filter(isExpression).join(' and ');
    return [{ key: named, what: named, reach: undefined, text: `depends on ${text}${on}` }];
  }
  if (access === 'Deny') {
    const text = `denied from ${sources.join(', ')}${on}`;
    return [{ key: `${named}, denied`, what: named, reach: undefined, text, isBarrier: true }];
  }
  return sources.length === 0
    ? [{ key: named, what: named, reach: 'network', text: `application security groups${on}` }]
    : [{ ...limited(named, named, sources, on), ports }];
}
