// This phone was unpaired: everything that Unknot keeps in this browser goes. Newer browsers have done so already, told
// by the answer itself (Clear-Site-Data); this does the same where they have not.
import { forgetEverything } from "../kept/forget";

await forgetEverything();
document.getElementById("erasing")!.hidden = true;
document.getElementById("erased")!.hidden = false;
