namespace EdgeProxy.Host.Configuration;

/// <summary>A TCP port; 0 for any free one.</summary>
internal sealed class PortForm : IntegerForm
{
    public PortForm()
        : base(0, ushort.MaxValue)
    {
    }
}
