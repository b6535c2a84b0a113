/** Who is drawn in the pictures, in which colours. */
export const PEOPLE = [
  { name: 'Alice', from: '#7c3aed', to: '#db2777' },
  { name: 'Bob', from: '#0369a1', to: '#0d9488' },
];
