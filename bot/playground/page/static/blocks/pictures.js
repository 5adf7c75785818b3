import { h } from "../dom.js";
import { linkNode } from "../text/mentions.js";
import { plain } from "../text/objects.js";

/** A picture with its title above it. */
export function imageBlock(block) {
  const url = addressOf(block);
  return h("figure", { class: "picture" },
    block.title && h("figcaption", { class: "picture-title" }, plain(block.title)),
    url ? picture(url, block.alt_text, "picture-image") : h("span", { class: "fallback" }, block.alt_text));
}

/** Where an image is: at an address of its own, or among the files that the bot uploaded. */
export function addressOf(image) {
  return image.image_url ?? image.slack_file?.url ?? (image.slack_file && `page/files/${image.slack_file.id}`);
}

/** An image that gives way to its words where it cannot be loaded: this page loads nothing from elsewhere. */
export function picture(url, alt, className) {
  const image = h("img", { class: className, src: url, alt, on: { error: () => image.replaceWith(words) } });
  const words = h("span", { class: "picture-missing" }, alt);
  return image;
}

/** Nothing is played here: the title leads to where the video is. */
export function videoBlock(block) {
  const title = plain(block.title);
  return h("div", { class: "video" },
    h("div", { class: "video-title" }, linkNode(block.title_url ?? block.video_url, title)),
    block.description && h("div", { class: "video-description" }, plain(block.description)),
    [block.provider_name, block.author_name].filter(Boolean).length > 0 &&
      h("div", { class: "video-from" }, [block.provider_name, block.author_name].filter(Boolean).join(" · ")));
}
