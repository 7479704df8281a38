import type { ELK, ELKConstructorArguments, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api';
import type { Scene, SceneArrow, SceneBox } from './scene';
import { boxSize, LINE, textWidth, type Size } from './measure';

/** A box with its position in the drawing. */
export interface PlacedBox {
  readonly box: SceneBox;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A point of a line. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An arrow with its line and the position of its text. */
export interface PlacedArrow {
  readonly arrow: SceneArrow;
  readonly points: readonly Point[];
  readonly label?: Point & Size;
}

/** A scene with the positions of its boxes and arrows. */
export interface Drawing extends Size {
  readonly boxes: readonly PlacedBox[];
  readonly arrows: readonly PlacedArrow[];
}

/** The margin between a place and its contents. */
const MARGIN = 16;

/** The height of the heading of a place. */
export const HEADING = 46;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.spacing.nodeNode': '22',
  'elk.spacing.edgeNode': '16',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.spacing.nodeNodeBetweenLayers': '34',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.padding': '[top=16,left=16,bottom=16,right=16]',
};

/** Shared by all drawings, since creating it takes as long as several layouts. */
let layouter: ELK | undefined;

function newLayouter(): ELK {
  // loaded only for pictures, since it is large; by require, since import() reads such a file three times.
  const elk = require('elkjs/lib/elk.bundled.js') as {
    readonly default: new (options: ELKConstructorArguments) => ELK;
  };
  return new elk.default({ algorithms: ['layered'] });
}

/** Lays out the boxes of a scene, and routes the arrows around them. The result is deterministic. */
export async function layOut(scene: Scene): Promise<Drawing> {
  const elk = (layouter ??= newLayouter());
  const graph = await elk.layout(graphOf(scene));
  const boxes = new Map(scene.boxes.map((box) => [box.id, box]));
  const nodes = (graph.children ?? []).flatMap(withChildren);
  const edges = (graph.edges ?? []) as ElkExtendedEdge[];
  return {
    width: graph.width ?? 0,
    height: graph.height ?? 0,
    boxes: nodes.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => ({
      box: boxes.get(id) as SceneBox,
      x,
      y,
      width,
      height,
    })),
    arrows: edges.map((edge, i) => placedArrow(edge, scene.arrows[i] as SceneArrow)),
  };
}

function graphOf({ boxes, arrows }: Scene): ElkNode {
  const root: ElkNode & { children: ElkNode[] } = { id: 'root', layoutOptions: OPTIONS, children: [] };
  const nodes = new Map<string, ElkNode>();
  const places = new Set(boxes.flatMap(({ parent }) => parent ?? []));
  const widths = widthsOf(boxes);
  for (const box of boxes) {
    const node: ElkNode = places.has(box.id)
      ? { id: box.id, children: [], layoutOptions: placeOptions(box) }
      : { id: box.id, width: widths.get(box.id) ?? 0, height: boxSize(box).height };
    nodes.set(box.id, node);
    const parent = box.parent === undefined ? root : nodes.get(box.parent);
    parent?.children?.push(node);
  }
  root.edges = arrows.map(({ from, to, kind, text }, i) => ({
    id: `e${i}`,
    sources: [isTurned(kind) ? to : from],
    targets: [isTurned(kind) ? from : to],
    labels: text === '' ? [] : [{ text, width: textWidth(text, 11) + 8, height: 16 }],
  }));
  return root;
}

/** Whether an arrow is laid out against its direction, so that what is used comes before its users. */
function isTurned(kind: SceneArrow['kind']): boolean {
  return kind === 'use' || kind === 'attach';
}

/** The layout options of a place, with room for its heading and lines. */
function placeOptions({ lines }: SceneBox): Record<string, string> {
  const top = HEADING + lines.length * LINE + 6;
  return { 'elk.padding': `[top=${top},left=${MARGIN},bottom=${MARGIN},right=${MARGIN}]` };
}

/** The width of each box. The first box of a place is at least as wide as the heading of the place. */
function widthsOf(boxes: readonly SceneBox[]): Map<string, number> {
  const widths = new Map(boxes.map((box) => [box.id, boxSize(box).width]));
  const first = new Set<string>();
  // each place comes before what is in it.
  for (const { id, parent } of boxes) {
    if (parent !== undefined && !first.has(parent)) {
      first.add(parent);
      widths.set(id, Math.max(widths.get(id) ?? 0, (widths.get(parent) ?? 0) - 2 * MARGIN));
    }
  }
  return widths;
}

function withChildren(node: ElkNode): ElkNode[] {
  return [node, ...(node.children ?? []).flatMap(withChildren)];
}

function placedArrow({ sections = [], labels = [] }: ElkExtendedEdge, arrow: SceneArrow): PlacedArrow {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint]);
  const [label] = labels;
  return {
    arrow,
    points: isTurned(arrow.kind) ? points.reverse() : points,
    ...(label && { label: { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, height: label.height ?? 0 } }),
  };
}
