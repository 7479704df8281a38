import { Drawings } from '../../../../lib/review/drawing/drawings';
import { collapsed } from '../../../../lib/review/drawing/collapse';
import type { Drawing } from '../../../../lib/review/drawing/layout';
import type { View } from '../../../../lib/review/drawing/scene';

const HERE = { x: 0, y: 0, width: 0, height: 0 };

/** Drawings with everything in one place: a layout takes longer than all else, and adds nothing but positions. */
export class HeapedDrawings extends Drawings {
  public override drawing(view: View): Promise<Drawing> {
    const { boxes, arrows } = collapsed(this.scene(view));
    return Promise.resolve({
      ...HERE,
      boxes: boxes.map((box) => ({ ...HERE, box })),
      arrows: arrows.map((arrow) => ({ arrow, points: [HERE], ...(arrow.text !== '' && { label: HERE }) })),
    });
  }
}
