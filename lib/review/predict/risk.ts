import type { AttributeChange, Effect } from '../model';

const EFFECTS: readonly Effect['kind'][] = ['fails', 'replaces', 'may-replace', 'rotates'];

/** Attributes that decide about access or protection. */
const GUARDS =
  /privileg|public|admin|auth|rbac|polic|tls|encrypt|firewall|network_rule|ip_range|host_(network|pid|ipc|path)|capabilit|run_as|account_disabled|key|identity|role/i;

/** Attributes that only describe. */
const DESCRIPTIONS = /(^|\.)(tags|labels|annotations|description)\b/;

/** The attributes in the order of their risk: those with effects, then those about access, and descriptions last. */
export function byRisk(attributes: readonly AttributeChange[]): AttributeChange[] {
  return [...attributes].sort((a, b) => riskOf(a) - riskOf(b));
}

function riskOf({ path, effect }: AttributeChange): number {
  if (effect !== undefined) {
    return EFFECTS.indexOf(effect.kind);
  }
  if (DESCRIPTIONS.test(path)) {
    return EFFECTS.length + 2;
  }
  return EFFECTS.length + (GUARDS.test(path) ? 0 : 1);
}
