using System.Runtime.CompilerServices;

namespace Unroll.Memory;

/// <summary>
/// What inference computes from the parameters alone, as kernels with a normalization folded in: computed when it is first asked for after
/// a change of the parameters.
/// </summary>
/// <remarks>
/// Changes are counted. Values are those of the count that was read before their computation began, so a change that comes while they are
/// computed, by another thread, makes them old at once.
/// </remarks>
/// <param name="floats">How many there are.</param>
/// <param name="prepare">Computes them.</param>
internal sealed class PreparedValues(int floats, Action<Arena> prepare)
{
    private readonly Lock _lock = new();

    // Made when it is first needed: who predicts sample by sample never asks for what blocks need.
    private Arena _values = new(0);
    private readonly bool _areSome = floats > 0;
    private int _changes = floats > 0 ? 1 : 0;
    private int _prepared;

    /// <summary>The values for the parameters as they are.</summary>
    public Arena Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Volatile.Read(ref _prepared) != Volatile.Read(ref _changes))
            {
                Prepare();
            }

            return _values;
        }
    }

    /// <summary>To be called after a change of the parameters.</summary>
    public void Invalidate()
    {
        if (_areSome)
        {
            Interlocked.Increment(ref _changes);
        }
    }

    // Threads that predict at the same time must not see half of it. Apart, so that what nearly always happens stays short.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Prepare()
    {
        lock (_lock)
        {
            int changes = Volatile.Read(ref _changes);
            if (_prepared != changes)
            {
                if (_values.Length < floats)
                {
                    _values = new Arena(floats);
                }

                prepare(_values);
                Volatile.Write(ref _prepared, changes);
            }
        }
    }
}
