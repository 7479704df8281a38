import { integerRule, type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';

export const uuid = pattern(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'must be a UUID',
  'https://learn.microsoft.com/graph/api/resources/serviceprincipal#properties',
  ['7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10', '00000000-0000-0000-0000-000000000000'],
  ['', 'jm-inn-aks', '7d3f0a528a1e4c0b9b0e2f6f4d1c9a10', '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a1'],
);

export const displayName: Rule<string> = {
  must: "must be 1 to 120 characters, with no '${' or '%{', which Terraform would read as a template",
  source: 'https://learn.microsoft.com/graph/api/resources/application#properties',
  inside: ['jm-inn-aks-acr-pull-sp', 'a', 'a'.repeat(120), 'costs $5 {really}'],
  outside: ['', ' ', 'a'.repeat(121), '${file("/etc/passwd")}', '%{ if true }'],
  holds: (value) => value.trim().length >= 1 && value.length <= 120 && !/[$%]\{/.test(value),
};

const APP_CREDENTIALS = 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials';

export const passwordValidDays = integerRule(2, 730, APP_CREDENTIALS, 365);

export const passwordRotationDays = integerRule(1, 729, APP_CREDENTIALS, 180);

export const propagationSeconds = integerRule(
  0,
  900,
  'https://github.com/hashicorp/terraform-provider-azurerm/issues/5703',
  60,
);
