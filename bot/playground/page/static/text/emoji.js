/**
 * The emoji names an app is likely to write. Others are shown as typed, as Slack does with names it does not know.
 */

const TABLE = `
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|warning ⚠️|no_entry ⛔
no_entry_sign 🚫|exclamation ❗|heavy_exclamation_mark ❗|bangbang ‼️|question ❓|information_source ℹ️|rotating_light 🚨
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|large_purple_circle 🟣
white_circle ⚪|black_circle ⚫|white_large_square ⬜|black_large_square ⬛|large_green_square 🟩|large_red_square 🟥
large_yellow_square 🟨|large_orange_square 🟧|large_blue_square 🟦|small_blue_diamond 🔹|small_orange_diamond 🔸
fire 🔥|boom 💥|collision 💥|zap ⚡|sparkles ✨|star ⭐|star2 🌟|tada 🎉|confetti_ball 🎊|rocket 🚀|ship 🚢|sailboat ⛵|anchor ⚓
compass 🧭|lighthouse 🗼|bell 🔔|no_bell 🔕|loudspeaker 📢|mega 📣|pager 📟|telephone_receiver 📞|phone ☎️|iphone 📱|email 📧
envelope ✉️|incoming_envelope 📨|speech_balloon 💬|thought_balloon 💭|zzz 💤|sleeping 😴|moon 🌔|crescent_moon 🌙|sunny ☀️
sunrise 🌅|night_with_stars 🌃|partly_sunny ⛅|cloud ☁️|rainbow 🌈|alarm_clock ⏰|stopwatch ⏱️|timer_clock ⏲️|hourglass ⌛
hourglass_flowing_sand ⏳|clock1 🕐|clock3 🕒|clock9 🕘|clock10 🕙|watch ⌚|calendar 📆|date 📅|spiral_calendar_pad 🗓️|calendar_spiral 🗓️
memo 📝|pencil 📝|pencil2 ✏️|page_facing_up 📄|page_with_curl 📃|clipboard 📋|notebook 📓|books 📚|book 📖|bookmark 🔖
file_folder 📁|open_file_folder 📂|card_index_dividers 🗂️|inbox_tray 📥|outbox_tray 📤|package 📦|paperclip 📎|pushpin 📌
round_pushpin 📍|scissors ✂️|lock 🔒|unlock 🔓|key 🔑|closed_lock_with_key 🔐|mag 🔍|mag_right 🔎|link 🔗|gear ⚙️|wrench 🔧
hammer 🔨|hammer_and_wrench 🛠️|tools 🛠️|bulb 💡|battery 🔋|electric_plug 🔌|computer 💻|desktop_computer 🖥️|floppy_disk 💾
satellite 📡|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|traffic_light 🚦|construction 🚧|shield 🛡️
trophy 🏆|medal 🏅|dart 🎯|gift 🎁|balloon 🎈|lifebuoy 🛟|helmet_with_white_cross ⛑️|ambulance 🚑|stethoscope 🩺|bug 🐛|beetle 🪲
eyes 👀|eye 👁️|wave 👋|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|handshake 🤝
point_right 👉|point_left 👈|point_up ☝️|point_down 👇|raised_hand ✋|hand ✋|writing_hand ✍️|bust_in_silhouette 👤
busts_in_silhouette 👥|technologist 🧑‍💻|robot_face 🤖|ghost 👻|skull 💀|heart ❤️|green_heart 💚|blue_heart 💙|yellow_heart 💛
purple_heart 💜|broken_heart 💔|100 💯|smile 😄|slightly_smiling_face 🙂|grin 😁|joy 😂|wink 😉|blush 😊|sunglasses 😎
thinking_face 🤔|face_with_monocle 🧐|neutral_face 😐|sweat_smile 😅|sweat 😓|cry 😢|sob 😭|scream 😱|open_mouth 😮|rage 😡
tired_face 😫|relieved 😌|partying_face 🥳|saluting_face 🫡|coffee ☕|tea 🍵|pizza 🍕|beer 🍺|cake 🍰|cookie 🍪|seedling 🌱
evergreen_tree 🌲|earth_africa 🌍|earth_americas 🌎|earth_asia 🌏|globe_with_meridians 🌐|airplane ✈️|car 🚗|house 🏠|office 🏢
beach_with_umbrella 🏖️|palm_tree 🌴|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️
arrow_lower_right ↘️|arrows_counterclockwise 🔄|twisted_rightwards_arrows 🔀|repeat 🔁|leftwards_arrow_with_hook ↩️
arrow_right_hook ↪️|fast_forward ⏩|rewind ⏪|arrow_forward ▶️|pause_button ⏸️|double_vertical_bar ⏸️|stop_button ⏹️|record_button ⏺️
heavy_plus_sign ➕|heavy_minus_sign ➖|heavy_multiplication_x ✖️|new 🆕|up 🆙|ok 🆗|sos 🆘|free 🆓|recycle ♻️|infinity ♾️
one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣|seven 7️⃣|eight 8️⃣|nine 9️⃣|keycap_ten 🔟|zero 0️⃣|hash #️⃣|flag-us 🇺🇸|flag-de 🇩🇪
checkered_flag 🏁|triangular_flag_on_post 🚩|white_flag 🏳️|black_flag 🏴|crossed_flags 🎌`;

const EMOJI = new Map(TABLE.trim().split(/[|\n]/).map((entry) => entry.split(" ")));
const NAMED = /:([a-z0-9_+\-']+)(?:::skin-tone-[2-6])?:/g;

/** The sign for a name without colons, or null. */
export function emojiFor(name) {
  return EMOJI.get(name.replace(/::skin-tone-[2-6]$/, "")) ?? null;
}

/** Text with the `:names:` we know replaced by their signs. */
export function withEmoji(text) {
  return text.replace(NAMED, (typed, name) => EMOJI.get(name) ?? typed);
}
