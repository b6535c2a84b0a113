import { describe, expect, it } from 'vitest';
import { readStanza } from '../../../src/emulator/xmpp/read-stanza.ts';

describe('reading a stanza', () => {
  it.each([
    ['elements, attributes and text', '<iq id="1"><a b="c">d</a> e</iq>'],
    ['references', '<message><body>&lt;b&gt; &amp; &#x1F600;</body></message>'],
    ['namespaces', '<a xmlns="urn:a"><b xmlns="urn:b"/></a>'],
    ['the prefix that is always bound', '<open xml:lang="en"/>'],
  ])('keeps %s', (_name, text) => {
    expect(readStanza(text)?.toString()).toBe(text.replace('&#x1F600;', '😀'));
  });

  it('takes marked text as text', () => {
    expect(readStanza('<a><![CDATA[<b>]]></a>')?.getText()).toBe('<b>');
  });

  it('takes an attribute with the name of a built-in for an attribute', () => {
    expect(readStanza('<a __proto__="x" constructor="y"/>')?.attrs.constructor).toBe('y');
  });

  // Each of these, sent on, would end the connection of whoever parses strictly: a browser does.
  it.each([
    ['nothing', ''],
    ['text alone', 'hello'],
    ['an open end', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['a name that is none', '<a <="1"/>'],
    ['one attribute twice', '<a b="1" b="2"/>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['a prefix bound to nothing', '<p:a/>'],
    ['a prefix that a part sent on would lose', '<a xmlns:p="urn:p"><p:b/></a>'],
    ['an attribute with a prefix', '<a xmlns:p="urn:p" p:b="1"/>'],
    ['a character XML has not', '<a>\u0000</a>'],
    ['a reference to one', '<a>&#0;</a>'],
    ['half a surrogate pair', '<a>\uD800</a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a comment', '<a><!-- b --></a>'],
    ['a processing instruction', '<a><?b c?></a>'],
    ['an XML declaration', '<?xml version="1.0"?><a/>'],
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['33 levels', `${'<a>'.repeat(33)}${'</a>'.repeat(33)}`],
  ])('refuses %s', (_name, text) => {
    expect(readStanza(text)).toBeNull();
  });

  it('takes 32 levels', () => {
    expect(readStanza(`${'<a>'.repeat(32)}${'</a>'.repeat(32)}`)).not.toBeNull();
  });
});
