namespace EdgeProxy.Host.Streams;

/// <summary>An entry of a <see cref="TimerWheel"/>, due at a time.</summary>
internal abstract class TimerEntry
{
    /// <summary>The value of <see cref="Slot"/> outside of a wheel.</summary>
    public const int NoSlot = -1;

    /// <summary>The timestamp at which it is due.</summary>
    public long Due { get; set; }

    /// <summary>Its slot in the wheel.</summary>
    public int Slot { get; set; } = NoSlot;

    /// <summary>The entry before it in the slot.</summary>
    public TimerEntry? Previous { get; set; }

    /// <summary>The entry behind it in the slot.</summary>
    public TimerEntry? Next { get; set; }
}
