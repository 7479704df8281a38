import { violation, type Violation } from './violation';

const MISSING_PROVIDERS = /^Found resources without a matching provider construct\b.*: ([\w, -]+)$/s;

/** Configurations of providers for messages; other providers are configured in many ways. */
const EXAMPLES: { readonly [provider: string]: string } = {
  azurerm: '{ features: [{}] }',
  azuread: '{}',
  time: '{}',
  kubernetes: 'cluster.kubernetesProviderConfig(stack)',
};

/**
 * A message of a validation of the engine, as problems.
 *
 * The engine's own message about a missing provider names a construct that is not in the program.
 */
export function engineViolations(message: string): Violation[] {
  const [, missing] = MISSING_PROVIDERS.exec(message) ?? [];
  return missing === undefined ? [violation('other', message)] : missing.split(', ').map(missingProvider);
}

function missingProvider(name: string): Violation {
  const constructor = `${name.charAt(0).toUpperCase()}${name.slice(1)}Provider`;
  return violation(
    'provider-missing',
    `the stack has resources of the provider '${name}', but no such provider: create one in the stack, such as ` +
      `new ${constructor}(stack, '${name}', ${EXAMPLES[name] ?? '{ ... }'})`,
  );
}
