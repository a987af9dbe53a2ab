namespace Unroll.Extensions;

/// <summary>More samples wait for their prediction than <see cref="UnrollOptions.QueueCapacity"/> allows: try again later, or answer 503.</summary>
public sealed class QueueFullException : InvalidOperationException
{
    internal QueueFullException(int waiting, int rows, int capacity)
        : base($"{waiting} samples wait already; {rows} more are too many for a queue of {capacity}.")
    {
    }
}
