/// A small trading desk and its venue; [desk.Main] starts one role.
package desk;
