namespace Unroll.Runtime.Tests.Callbacks;

/// <summary>A model whose only parameter counts the epochs, so that a test sees which one's weights came back.</summary>
internal sealed class FakeModel : Model
{
    public float Weight { get; set; }

    public int Captures { get; private set; }

    internal override float[] CaptureWeights()
    {
        Captures++;
        return [Weight];
    }

    internal override void RestoreWeights(float[] weights) => Weight = weights[0];
}
