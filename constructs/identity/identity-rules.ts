import { integerRule, type Rule } from '../core/rules/rule';
import { pattern } from '../core/rules/pattern';

export const uuid = pattern(
  'uuid',
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'must be a UUID',
  'https://learn.microsoft.com/graph/api/resources/serviceprincipal#properties',
  '7d3f0a52-8a1e-4c0b-9b0e-2f6f4d1c9a10',
);

export const displayName: Rule<string> = {
  id: 'display-name',
  must: "must be 1 to 120 characters, with no '${' or '%{', which Terraform would read as a template",
  source: 'https://learn.microsoft.com/graph/api/resources/application#properties',
  example: 'jm-inn-aks-acr-pull-sp',
  holds: (value) => value.trim().length >= 1 && value.length <= 120 && !/[$%]\{/.test(value),
};

const APP_CREDENTIALS = 'https://learn.microsoft.com/entra/identity-platform/how-to-add-credentials';

export const passwordValidDays = integerRule('password-valid-days', 2, 730, APP_CREDENTIALS, 365);

export const passwordRotationDays = integerRule('password-rotation-days', 1, 729, APP_CREDENTIALS, 180);

export const propagationSeconds = integerRule(
  'propagation-seconds',
  0,
  900,
  'https://github.com/hashicorp/terraform-provider-azurerm/issues/5703',
  60,
);
