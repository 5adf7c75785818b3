/** Options as elements and answers carry them, flat and in groups. */

/** Every option an element lists itself, out of its groups. */
export function optionsOf(element) {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

/** Groups of options: `{label: text object|null, options}`; options without groups are one without a name. */
export function groupsOf(holder) {
  if (holder.option_groups) return holder.option_groups;
  return [{ label: null, options: holder.options ?? [] }];
}
