import { listOf, objectOf, textOf, type JsonObject } from '../text/json.ts';

/** Deeper trees than any publisher writes. CSAF sets no limit of its own. */
const depthLimit = 40;

/** A product of the tree: the branches on the way to it, and the product itself. */
export interface TreeProduct {
  readonly id: string;
  /** The full product name (CSAF 2.0, 3.1.3.2). */
  readonly name: string;
  readonly pointer: string;
  readonly branches: readonly { readonly category: string; readonly name: string }[];
  readonly modelNumbers: readonly string[];
}

/** What is wrong with a tree, and where. */
export interface TreeFault {
  readonly pointer: string;
  readonly message: string;
}

interface Frame {
  readonly node: JsonObject;
  readonly pointer: string;
  readonly branches: readonly { readonly category: string; readonly name: string }[];
}

/**
 * All products of a product tree, those of branches and those that stand by themselves.
 * Walks without recursion, so that nesting cannot exhaust the stack.
 * @see CSAF 2.0, sections 3.1.2 and 3.2.2
 */
export function treeProducts(tree: unknown): {
  readonly products: readonly TreeProduct[];
  readonly faults: readonly TreeFault[];
} {
  const products: TreeProduct[] = [];
  const faults: TreeFault[] = [];
  const root = objectOf(tree);
  const stack: Frame[] = childrenOf(root?.['branches'], '/product_tree/branches', []);
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    const { node, pointer } = frame;
    const category = textOf(node['category']);
    const name = textOf(node['name']);
    if (category === undefined || name === undefined) {
      faults.push({ pointer, message: 'a branch needs a category and a name' });
      continue;
    }
    const branches = [...frame.branches, { category, name }];
    if (branches.length > depthLimit) {
      faults.push({ pointer, message: `branches nest deeper than ${depthLimit}` });
      continue;
    }
    if (node['product'] !== undefined)
      addProduct(node['product'], `${pointer}/product`, branches, products, faults);
    stack.push(...childrenOf(node['branches'], `${pointer}/branches`, branches));
  }
  for (const [index, each] of listOf(root?.['full_product_names']).entries())
    addProduct(each, `/product_tree/full_product_names/${index}`, [], products, faults);
  return { products, faults };
}

/** In reverse, so that a stack gives them in the order of the file. */
function childrenOf(value: unknown, pointer: string, branches: Frame['branches']): Frame[] {
  return listOf(value)
    .map((each, index) => ({ node: objectOf(each) ?? {}, pointer: `${pointer}/${index}`, branches }))
    .toReversed();
}

function addProduct(
  value: unknown,
  pointer: string,
  branches: TreeProduct['branches'],
  products: TreeProduct[],
  faults: TreeFault[],
): void {
  const product = objectOf(value);
  const [id, name] = [textOf(product?.['product_id']), textOf(product?.['name'])];
  if (id === undefined || name === undefined) {
    faults.push({ pointer, message: 'a product needs a name and a product_id' });
    return;
  }
  const helper = objectOf(product?.['product_identification_helper']);
  const modelNumbers = listOf(helper?.['model_numbers']).filter((each) => typeof each === 'string');
  products.push({ id, name, pointer, branches, modelNumbers });
}
