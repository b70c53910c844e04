/** Which words stand in a source file: identifiers, literals and the file's own name, each cut into its words. Comments are prose. */
import ts from 'typescript';

export interface Source {
  /** From the root, with `/`. */
  readonly file: string;
  readonly text: string;
}

/** `handOver`, `hand-over` and `hand_over` are the same two words. */
export const wordsOf = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])|([A-Z]+)([A-Z][a-z])/g, '$1$3 $2$4')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const parsed = ({ file, text }: Source): ts.SourceFile => ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  node.forEachChild((child) => {
    walk(child, visit);
  });
}

/** Every name and short literal of the file; SQL and sentences are prose too, but their words count. */
export function namesIn(source: Source): readonly string[] {
  const names = [source.file];
  if (!source.file.endsWith('.ts')) return [...names, ...source.text.replaceAll(/\/\/.*$/gm, '').split(/\s+/)];
  walk(parsed(source), (node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteralLike(node)) names.push(node.text);
    else if (node.kind === ts.SyntaxKind.TemplateHead || ts.isTemplateMiddleOrTemplateTail(node)) {
      names.push((node as ts.TemplateLiteralLikeNode).text);
    }
  });
  return names;
}

const literalsOf = (type: ts.TypeNode): readonly string[] => {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(literalsOf);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
};

/** Stages, statuses and ends the file names: in types called so, in `stage:` expressions, and in `as:` of an end. */
export function stagesIn(source: Source): readonly string[] {
  const stages: string[] = [];
  const nameOf = (node: ts.Node | undefined): string => (node !== undefined && ts.isIdentifier(node) ? node.text : '');
  walk(parsed(source), (node) => {
    if (ts.isTypeAliasDeclaration(node) && /(Stage|Status|End)$/.test(node.name.text)) {
      stages.push(...literalsOf(node.type));
    } else if (ts.isPropertySignature(node) && nameOf(node.name) === 'as' && node.type !== undefined) {
      stages.push(...literalsOf(node.type));
    } else if (ts.isPropertyAssignment(node) && nameOf(node.name) === 'stage') {
      walk(node.initializer, (inner) => {
        if (ts.isStringLiteral(inner)) stages.push(inner.text);
      });
    }
  });
  return stages;
}
