namespace Unroll;

/// <summary>
/// What inference computes from the parameters alone, as kernels with a normalization folded in: computed when it is first asked for after
/// a change of the parameters.
/// </summary>
internal sealed class PreparedValues(Model model)
{
    private readonly Lock _lock = new();
    private readonly Arena _values = new(model.Network.PreparedFloats);
    private volatile bool _isCurrent = model.Network.PreparedFloats == 0;

    /// <summary>The values for the parameters as they are.</summary>
    public Arena Current
    {
        get
        {
            if (!_isCurrent)
            {
                Prepare();
            }

            return _values;
        }
    }

    public void Invalidate() => _isCurrent = model.Network.PreparedFloats == 0;

    // Threads that predict at the same time must not see half of it.
    private void Prepare()
    {
        lock (_lock)
        {
            if (!_isCurrent)
            {
                model.RunPreparation(_values);
                _isCurrent = true;
            }
        }
    }
}
