import type { Book } from './book.ts';
import type { Person } from './fault.ts';
import type { Link, Links } from './link.ts';
import { shapeOf } from './shape.ts';
import { createShapedLink, type ShapedLink, type ShapedLinkOptions } from './shaped-link.ts';

/** The links of all participants, kept as the faults are. */
export interface Participants {
  /** Both directions of one participant's way. They are forgotten once both are closed. */
  linksFor(person: Person): Links;
}

export function createParticipants(book: Book, options: ShapedLinkOptions): Participants {
  const open = new Map<ShapedLink, { readonly person: Person; readonly direction: 'up' | 'down' }>();

  const follow = (link: ShapedLink) => {
    const of = open.get(link);
    if (!of) return;
    const networks = book.find('network', of.person);
    link.shape(shapeOf(of.direction, networks, book.find('outage', of.person)));
  };
  book.watch(() => {
    for (const link of [...open.keys()]) follow(link);
  });
  const linkFor = (person: Person, direction: 'up' | 'down'): Link => {
    const link = createShapedLink(options);
    open.set(link, { person, direction });
    follow(link);
    return {
      pass: link.pass,
      close() {
        open.delete(link);
        link.close();
      },
    };
  };

  return {
    linksFor: person => ({ up: linkFor(person, 'up'), down: linkFor(person, 'down') }),
  };
}
