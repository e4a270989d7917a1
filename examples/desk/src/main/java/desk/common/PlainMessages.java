package desk.common;

import quickfix.Group;
import quickfix.Message;
import quickfix.MessageFactory;
import quickfix.field.BeginString;
import quickfix.field.MsgType;

/// Makes plain [Message]s of every type. The desk sets fields by their tag and uses no groups, so it needs neither the
/// classes for each message nor a dictionary, and starts that much faster.
public final class PlainMessages implements MessageFactory {
    @Override
    public Message create(String beginString, String msgType) {
        var message = new Message();
        message.getHeader().setString(BeginString.FIELD, beginString);
        message.getHeader().setString(MsgType.FIELD, msgType);
        return message;
    }

    @Override
    public Group create(String beginString, String msgType, int correspondingFieldId) {
        throw new IllegalArgumentException("no groups: " + msgType + "/" + correspondingFieldId);
    }
}
