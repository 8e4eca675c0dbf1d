using System.Runtime.CompilerServices;
using EdgeProxy.Host.Environments;

namespace EdgeProxy.Host.Changes;

/// <summary>The latest changes of each environment, for as long as it is served. Thread-safe.</summary>
internal sealed class ChangeHistory
{
    /// <summary>The maximum number of changes of an environment.</summary>
    public const int MaxChanges = 100;

    private readonly ConditionalWeakTable<EnvironmentState, Queue<RecordedChange>> _changes = [];
    private readonly ConditionalWeakTable<EnvironmentState, HeldChange> _held = [];

    /// <summary>The changes of an environment, the latest first.</summary>
    public IReadOnlyList<RecordedChange> Of(EnvironmentState environment)
    {
        var changes = _changes.GetOrCreateValue(environment);
        lock (changes)
        {
            return [.. changes.Reverse()];
        }
    }

    /// <summary>Adds a change.</summary>
    public void Add(EnvironmentState environment, RecordedChange change)
    {
        var changes = _changes.GetOrCreateValue(environment);
        lock (changes)
        {
            changes.Enqueue(change);
            if (changes.Count > MaxChanges)
            {
                changes.Dequeue();
            }
        }
    }

    /// <summary>The differences of a held version; null if they are not known.</summary>
    public HeldChange? Of(EnvironmentState environment, HeldVersion version) =>
        _held.TryGetValue(environment, out var held) && held.Content == version.Content ? held : null;

    /// <summary>Sets the differences of the held version.</summary>
    public void SetHeld(EnvironmentState environment, HeldChange change) => _held.AddOrUpdate(environment, change);
}
