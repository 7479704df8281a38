import { blocks, listAt, type JsonObject } from '../../terraform-json/json';
import { includes } from '../knowledge/roles';

/** Whether one permission or role allows everything that another does. */
export function allows(wide: string, narrow: string): boolean {
  return wide === narrow || includes(wide, narrow) || matches(wide.toLowerCase(), narrow.toLowerCase());
}

/**
 * Whether a text matches a pattern with asterisks. This does not use a regular expression, which a hostile pattern could
 * slow down.
 */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined || !text.startsWith(first)) {
    return pattern === text;
  }
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0) {
      return false;
    }
    from = found + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** The permissions of a Kubernetes role, one for each verb on each resource. */
export function rulesOf(role: JsonObject): string[] {
  return blocks(role['rule']).flatMap((rule) => {
    const groups = listAt(rule, 'api_groups').map((group) => (group === '' ? '' : `.${group}`));
    const names = listAt(rule, 'resource_names');
    const only = names.length > 0 ? ` named ${names.join(' or ')}` : '';
    const resources = listAt(rule, 'resources').flatMap((name) =>
      (groups.length > 0 ? groups : ['']).map((group) => `${name}${group}${only}`),
    );
    return listAt(rule, 'verbs').flatMap((verb) =>
      [...resources, ...listAt(rule, 'non_resource_urls')].map((what) => `${verb} ${what}`),
    );
  });
}
