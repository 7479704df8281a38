import { type References, referencesIn } from './references';
import { unescapeTemplates } from '../terraform-json/expression';
import { type JsonObject } from '../terraform-json/json';
import { groupBy } from '../terraform-json/group';
import { resourcesAndData } from '../terraform-json/resources';
import { templateParts } from '../terraform-json/templates';

/**
 * Makes expressions readable: replaces each by its value if the JSON sets it, or by a placeholder if only Terraform can
 * compute it, such as that in "${azurerm_container_registry.main.login_server}/a:v1".
 */
export class Placeholders {
  private readonly shortNames: ReadonlyMap<string, string>;
  private readonly references: References;

  /**
   * @param json The Terraform JSON that contains the expressions
   */
  constructor(json: JsonObject) {
    this.shortNames = shortNames(json);
    this.references = referencesIn(json);
  }

  /** The text with each expression replaced by its value, or by a placeholder such as "<var.tag>". */
  in(text: string): string {
    return this.replaced(text, (expression) => {
      const said = this.references(expression);
      return said === undefined ? this.of(expression) : this.named(said);
    });
  }

  /** The text with each expression replaced by a placeholder, even if the JSON sets its value. */
  named(text: string): string {
    return this.replaced(text, (expression) => this.of(expression));
  }

  private replaced(text: string, replace: (expression: string) => string): string {
    return templateParts(text)
      .map((part) =>
        part.expression === undefined
          ? unescapeTemplates(part.text)
          : (literalDollars(part.expression) ?? replace(part.expression)),
      )
      .join('');
  }

  /** A value with the expressions in all its strings replaced. */
  inAll(value: unknown): unknown {
    if (typeof value === 'string') {
      return this.in(value);
    }
    if (Array.isArray(value)) {
      return value.map((one) => this.inAll(one));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.inAll(inner)]))
      : value;
  }

  private of(expression: string): string {
    const named = expression.replace(
      /(?<![\w.-])((?:data\.)?[a-z]\w*\.)([A-Za-z_][\w-]*)/g,
      (address, type: string) => `${type}${this.shortNames.get(address) ?? address.slice(type.length)}`,
    );
    return `<${named.replace(/\s+/g, ' ').trim()}>`;
  }
}

/** The text of an expression that only contains a literal "$", which cannot directly precede another expression. */
function literalDollars(expression: string): string | undefined {
  return /^"(\$+)"$/.exec(expression)?.[1];
}

/**
 * The names of resources, by address, without the hash that CDKTF appends. Two names of a type that differ only in the hash
 * keep it.
 */
function shortNames(json: JsonObject): Map<string, string> {
  const alike = groupBy(resourcesAndData(json), ({ address }) => address.replace(HASH, ''));
  const unique = [...alike.values()].filter(({ length }) => length === 1).flat();
  return new Map(unique.map(({ address, name }) => [address, name.replace(HASH, '')]));
}

/** The hash at the end of a name; it contains a letter, so that a date does not match. */
const HASH = /_(?=\d*[A-F])[0-9A-F]{8}$/;
