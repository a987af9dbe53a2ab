namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>A clock that stands still until told otherwise.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _now;

    public void Advance(int milliseconds) => _now += milliseconds;
}
