import { integerRule, type Rule } from '../core/rules/rule';

const MAIN = 'https://github.com/Azure-Samples/azure-voting-app-redis/blob/1705b17/azure-vote/azure-vote/main.py';

export const voteTitle: Rule<string> = {
  id: 'vote-title',
  must: 'must be a non-blank text',
  source: MAIN,
  example: 'Cats or dogs?',
  holds: (value) => value.trim() !== '',
  hint: 'the page replaces a blank title with its own',
  isFreeText: true,
};

export const voteValue: Rule<string> = {
  id: 'vote-value',
  must: 'must be a text that is neither blank nor "reset"',
  source: MAIN,
  example: 'Cats',
  holds: (value) => value.trim() !== '' && value !== 'reset',
  hint: 'the page replaces a blank value with its own, and a vote for "reset" sets all counts to 0',
  isFreeText: true,
};

/** uWSGI keeps 2 idle processes, and does not start when the maximum is no more than that. */
export const voteProcesses = integerRule(
  'vote-processes',
  3,
  128,
  'https://uwsgi-docs.readthedocs.io/en/latest/Cheaper.html',
  4,
);

export const redisHost: Rule<string> = {
  id: 'redis-host',
  must: 'must be the host name or IPv4 address, without scheme and port, of a Redis that accepts connections without TLS on port 6379',
  source: MAIN,
  example: 'redis.contoso.com',
  holds: (value) =>
    value.length <= 253 &&
    /^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*$/.test(value) &&
    !value.endsWith('.redis.azure.net'),
  hint: 'the vote application supports no other port and no TLS, which Azure Managed Redis needs',
};

export const diskGibibytes = integerRule(
  'disk-gibibytes',
  1,
  32767,
  'https://learn.microsoft.com/azure/virtual-machines/disks-types#disk-type-comparison',
  8,
);
