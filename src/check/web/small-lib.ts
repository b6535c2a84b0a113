/**
 * The global types that the compiler cannot do without, and the few through which values flow. The real library is
 * two megabytes to parse, and would answer no question more. Of Angular, what hands a class's instance to others.
 */
export const SMALL_LIB = `
interface Array<T> { length: number; [index: number]: T; push(...items: T[]): number; concat(...items: any[]): T[];
  map<U>(each: (value: T, index: number) => U): U[]; filter(each: (value: T) => any): T[]; forEach(each: (value: T) => any): void;
  find(each: (value: T) => any): T | undefined; at(index: number): T | undefined; }
interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T; }
interface Boolean {}
interface CallableFunction extends Function {}
interface Function { call(self: any, ...args: any[]): any; apply(self: any, args?: any): any; bind(self: any, ...args: any[]): any; }
interface IArguments { length: number; [index: number]: any; }
interface NewableFunction extends Function {}
interface Number { toString(radix?: number): string; }
interface Object {}
interface RegExp {}
interface String { toString(): string; toLowerCase(): string; toUpperCase(): string; trim(): string; slice(from?: number, to?: number): string;
  replace(what: any, by: any): string; split(by: any): string[]; concat(...parts: string[]): string; }
interface Symbol {}
interface SymbolConstructor { readonly iterator: unique symbol; readonly asyncIterator: unique symbol; }
declare var Symbol: SymbolConstructor;
interface PromiseLike<T> { then<A = T, B = never>(yes?: ((value: T) => A | PromiseLike<A>) | null, no?: ((reason: any) => B | PromiseLike<B>) | null): PromiseLike<A | B>; }
interface Promise<T> { then<A = T, B = never>(yes?: ((value: T) => A | PromiseLike<A>) | null, no?: ((reason: any) => B | PromiseLike<B>) | null): Promise<A | B>;
  catch<B = never>(no?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>; finally(last?: (() => void) | null): Promise<T>; }
interface PromiseConstructor { new <T>(run: (yes: (value: T) => void, no: (reason?: any) => void) => void): Promise<T>; all(values: any): Promise<any>; resolve<T>(value?: T): Promise<T>; reject(reason?: any): Promise<any>; }
declare var Promise: PromiseConstructor;
interface Awaited_ {}
type Partial<T> = { [K in keyof T]?: T[K] };
type Readonly<T> = { readonly [K in keyof T]: T[K] };
type Record<K extends keyof any, T> = { [P in K]: T };
interface Window { [name: string]: any; }
declare var window: Window & typeof globalThis;
declare var self: Window & typeof globalThis;
declare var console: any, document: any, localStorage: any, sessionStorage: any, location: any, navigator: any, fetch: any;
declare module '@angular/core' { export const inject: <T>(token: abstract new (...given: any[]) => T) => T; }
`;
