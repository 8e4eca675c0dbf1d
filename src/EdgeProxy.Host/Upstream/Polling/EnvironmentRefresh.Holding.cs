using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Upstream.Polling;

/// <content>Documents that are held back because they are older than the current one.</content>
internal sealed partial class EnvironmentRefresh
{
    /// <summary>
    /// Determines whether a document is older than the current one, and does not replace it
    /// (docs/spec/upstream-api.md 2.6).
    /// </summary>
    private bool IsHeldBack(byte[] content, bool isPoll, out bool isRollback)
    {
        isRollback = false;
        if (_environment.Current is not { Document: var served } || served.Body.Plain.Span.SequenceEqual(content))
        {
            NoteCurrent();
            return false;
        }

        var position = DocumentPosition.Of(content);
        if (_heldRollback == position.Revision)
        {
            isRollback = true;
            return false; // confirmed before
        }

        switch (_environment.Rollbacks.Consider(position, served.Position, _services.Options.RollbackConfirmations, _services.Time, isPoll, GivenUp))
        {
            case HoldDecision.HeldBack:
                var isNew = _environment.Freshness.HeldBack is null;
                _environment.HeldBack(_services.Time, position);
                if (isNew)
                {
                    _log.HeldBack(position, served.Position);
                }

                return true;
            case HoldDecision.Rollback:
                isRollback = true;
                return false;
            default:
                return false;
        }
    }

    private DateTimeOffset? GivenUp => _fleet?.Served?.GivenUpTime;

    private void NoteCurrent()
    {
        if (_environment.Rollbacks.NoteCurrent())
        {
            EndHold(isRollback: false);
        }
    }

    private void EndHold(bool isRollback)
    {
        if (_environment.Freshness.HeldBack is not null)
        {
            _environment.HoldEnded();
            _log.HoldEnded(isRollback);
        }
    }
}
