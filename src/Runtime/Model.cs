namespace Unroll;

/// <summary>A network: the base class of every class annotated with <c>[Network]</c>.</summary>
public abstract class Model
{
    internal virtual float[] CaptureWeights() => throw new NotSupportedException();

    internal virtual void RestoreWeights(float[] weights) => throw new NotSupportedException();
}
