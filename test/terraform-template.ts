/** What references of a template stand for, by their expressions, such as "var.token". */
export interface References {
  readonly [expression: string]: string;
}

/**
 * The text that Terraform makes of a string of its JSON: as much of its templates as texts need, and an error for all
 * else that it would evaluate.
 *
 * @see https://github.com/hashicorp/hcl/blob/v2.23.0/hclsyntax/scan_tokens.rl
 */
export function evaluated(template: string, references: References): string {
  let text = '';
  for (let rest = template; rest !== '';) {
    const [taken, meaning] = next(rest, references);
    text += meaning;
    rest = rest.slice(taken);
  }
  return text;
}

/** The text that stands between quotes in an expression, such as an argument of a function. */
export function unquoted(quoted: string, references: References): string {
  const inner = /^"((?:[^"\\]|\\.|\$\{"\$+"\})*)"$/s.exec(quoted)?.[1];
  if (inner === undefined || /[\n\r]/.test(inner)) {
    throw new Error(`not a quoted text: ${quoted}`);
  }
  return evaluated(inner, references).replace(/\\(u[0-9a-f]{4}|.)/gi, (pair, code: string) => unescaped(pair, code));
}

function next(rest: string, references: References): [number, string] {
  if (/^(\$\$|%%)\{/.test(rest)) {
    return [3, rest.slice(1, 3)];
  }
  if (!/^[$%]\{/.test(rest)) {
    return [1, rest.slice(0, 1)];
  }
  const dollars = /^\$\{"(\$+)"\}/.exec(rest);
  if (dollars !== null) {
    return [dollars[0].length, dollars[1]!];
  }
  const [whole = '', expression = ''] = /^\$\{([^{}"]*)\}/.exec(rest) ?? [];
  const value = references[expression];
  if (value === undefined) {
    throw new Error(`Terraform would evaluate ${JSON.stringify(rest)}`);
  }
  return [whole.length, value];
}

function unescaped(pair: string, code: string): string {
  const known: References = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
  const text = code.startsWith('u') ? String.fromCharCode(parseInt(code.slice(1), 16)) : known[code];
  if (text === undefined) {
    throw new Error(`Terraform knows no ${pair}`);
  }
  return text;
}
