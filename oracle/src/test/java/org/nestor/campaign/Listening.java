package org.nestor.campaign;

import org.nestor.protocol.Reply;

/** Does something after so many scenarios. */
final class Listening implements Campaign.Listener {
    private long number = Long.MAX_VALUE;
    private Runnable action = () -> {};

    void after(long scenarios, Runnable what) {
        number = scenarios;
        action = what;
    }

    @Override
    public void introduced(Reply.Introduction introduction) {}

    @Override
    public void played(CampaignState state) {
        if (state.scenarios() == number) {
            action.run();
        }
    }

    @Override
    public void found(CampaignState state) {}
}
